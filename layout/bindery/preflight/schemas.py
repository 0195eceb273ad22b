"""The properties that PDF/A-3 knows by itself (6.6.2.3.1): those of the XMP specification of 2005."""

import re
from collections.abc import Mapping
from typing import Any, Final

from layout.bindery.claims import EXTENSION, PDFA
from layout.bindery.preflight.xmp import XML, Property, fields, items, value_of

Name = tuple[str, str]
"""Of a property: its namespace and its own name."""

DC: Final = "http://purl.org/dc/elements/1.1/"
XMP: Final = "http://ns.adobe.com/xap/1.0/"
PDF: Final = "http://ns.adobe.com/pdf/1.3/"

_WRITTEN: Final = {
    DC:
        "contributor=Bag:Text coverage=Text creator=Seq:Text date=Seq:Date description=Alt:Lang format=Mime "
        "identifier=Text language=Bag:Text publisher=Bag:Text relation=Bag:Text rights=Alt:Lang source=Text "
        "subject=Bag:Text title=Alt:Lang type=Bag:Text",
    XMP:
        "Advisory=Bag:Text BaseURL=Text CreateDate=Date CreatorTool=Text Identifier=Bag:Text Label=Text "
        "MetadataDate=Date ModifyDate=Date Nickname=Text Rating=Real Thumbnails=Alt:Thumbnail",
    "http://ns.adobe.com/xap/1.0/rights/":
        "Certificate=Text Marked=Boolean Owner=Bag:Text UsageTerms=Alt:Lang WebStatement=Text",
    "http://ns.adobe.com/xap/1.0/mm/":
        "DerivedFrom=ResourceRef DocumentID=Text History=Seq:ResourceEvent InstanceID=Text LastURL=Text "
        "ManagedFrom=ResourceRef Manager=Text ManageTo=Text ManageUI=Text ManagerVariant=Text RenditionClass=Text "
        "RenditionOf=ResourceRef RenditionParams=Text SaveID=Integer VersionID=Text Versions=Seq:Version",
    "http://ns.adobe.com/xap/1.0/bj/": "JobRef=Bag:Job",
    "http://ns.adobe.com/xap/1.0/t/pg/":
        "MaxPageSize=Dimensions NPages=Integer Fonts=Bag:Font Colorants=Seq:Colorant PlateNames=Seq:Text",
    PDF: "Keywords=Text PDFVersion=Text Producer=Text",
    "http://ns.adobe.com/photoshop/1.0/":
        "AuthorsPosition=Text CaptionWriter=Text Category=Text City=Text Country=Text Credit=Text DateCreated=Date "
        "Headline=Text Instructions=Text Source=Text State=Text SupplementalCategories=Bag:Text "
        "TransmissionReference=Text Urgency=Integer",
    "http://ns.adobe.com/xmp/1.0/DynamicMedia/":
        "absPeakAudioFilePath=Text album=Text altTapeName=Text altTimecode artist=Text audioChannelType=Text "
        "audioCompressor=Text audioModDate=Date audioSampleRate=Integer audioSampleType=Text beatSpliceParams "
        "composer=Text contributedMedia=Bag:Any copyright=Text duration engineer=Text fileDataRate=Text genre=Text "
        "instrument=Text introTime key=Text logComment=Text loop=Boolean markers=Seq:Any metadataModDate=Date "
        "numberOfBeats=Real outCue projectRef pullDown=Text relativePeakAudioFilePath=Text relativeTimestamp "
        "releaseDate=Date resampleParams scaleType=Text scene=Text shotDate=Date shotLocation=Text shotName=Text "
        "speakerPlacement=Text startTimecode stretchMode=Text tapeName=Text tempo=Real timeScaleParams "
        "timeSignature=Text trackNumber=Integer videoAlphaMode=Text videoAlphaPremultipleColor "
        "videoAlphaUnityIsTransparent=Boolean videoColorSpace=Text videoCompressor=Text videoFieldOrder=Text "
        "videoFrameRate=Text videoFrameSize=Dimensions videoModDate=Date videoPixelAspectRatio=Text "
        "videoPixelDepth=Text",
    "http://ns.adobe.com/camera-raw-settings/1.0/":
        "AutoBrightness=Boolean AutoContrast=Boolean AutoExposure=Boolean AutoShadows=Boolean BlueHue=Integer "
        "BlueSaturation=Integer Brightness=Integer CameraProfile=Text ChromaticAberrationB=Integer "
        "ChromaticAberrationR=Integer ColorNoiseReduction=Integer Contrast=Integer CropAngle=Real CropBottom=Real "
        "CropHeight=Real CropLeft=Real CropRight=Real CropTop=Real CropUnits=Integer CropWidth=Real Exposure=Real "
        "GreenHue=Integer GreenSaturation=Integer HasCrop=Boolean HasSettings=Boolean LuminanceSmoothing=Integer "
        "RawFileName=Text RedHue=Integer RedSaturation=Integer Saturation=Integer Shadows=Integer "
        "ShadowTint=Integer Sharpness=Integer Temperature=Integer Tint=Integer ToneCurve=Seq:Text "
        "ToneCurveName=Text Version=Text VignetteAmount=Integer VignetteMidpoint=Integer WhiteBalance=Text",
    "http://ns.adobe.com/tiff/1.0/":
        "Artist=Text BitsPerSample=Seq:Integer Compression=Integer Copyright=Alt:Lang DateTime=Date "
        "ImageDescription=Alt:Lang ImageLength=Integer ImageWidth=Integer Make=Text Model=Text Orientation=Integer "
        "PhotometricInterpretation=Integer PlanarConfiguration=Integer PrimaryChromaticities=Seq:Text "
        "ReferenceBlackWhite=Seq:Text ResolutionUnit=Integer SamplesPerPixel=Integer Software=Text "
        "TransferFunction=Seq:Integer WhitePoint=Seq:Text XResolution=Text YCbCrCoefficients=Seq:Text "
        "YCbCrPositioning=Integer YCbCrSubSampling=Seq:Integer YResolution=Text",
    "http://ns.adobe.com/exif/1.0/":
        "ApertureValue=Text BrightnessValue=Text CFAPattern ColorSpace=Integer ComponentsConfiguration=Seq:Integer "
        "CompressedBitsPerPixel=Text Contrast=Integer CustomRendered=Integer DateTimeDigitized=Date "
        "DateTimeOriginal=Date DeviceSettingDescription DigitalZoomRatio=Text ExifVersion=Text "
        "ExposureBiasValue=Text ExposureIndex=Text ExposureMode=Integer ExposureProgram=Integer ExposureTime=Text "
        "FNumber=Text FileSource=Integer Flash FlashEnergy=Text FlashpixVersion=Text FocalLength=Text "
        "FocalLengthIn35mmFilm=Integer FocalPlaneResolutionUnit=Integer FocalPlaneXResolution=Text "
        "FocalPlaneYResolution=Text GPSAltitude=Text GPSAltitudeRef=Integer GPSAreaInformation=Text GPSDOP=Text "
        "GPSDestBearing=Text GPSDestBearingRef=Text GPSDestDistance=Text GPSDestDistanceRef=Text "
        "GPSDestLatitude=Text GPSDestLongitude=Text GPSDifferential=Integer GPSImgDirection=Text "
        "GPSImgDirectionRef=Text GPSLatitude=Text GPSLongitude=Text GPSMapDatum=Text GPSMeasureMode=Text "
        "GPSProcessingMethod=Text GPSSatellites=Text GPSSpeed=Text GPSSpeedRef=Text GPSStatus=Text "
        "GPSTimeStamp=Date GPSTrack=Text GPSTrackRef=Text GPSVersionID=Text GainControl=Integer "
        "ISOSpeedRatings=Seq:Integer ImageUniqueID=Text LightSource=Integer MaxApertureValue=Text "
        "MeteringMode=Integer OECF PixelXDimension=Integer PixelYDimension=Integer RelatedSoundFile=Text "
        "Saturation=Integer SceneCaptureType=Integer SceneType=Integer SensingMethod=Integer Sharpness=Integer "
        "ShutterSpeedValue=Text SpatialFrequencyResponse SpectralSensitivity=Text SubjectArea=Seq:Integer "
        "SubjectDistance=Text SubjectDistanceRange=Integer SubjectLocation=Seq:Integer UserComment=Alt:Lang "
        "WhiteBalance=Integer",
    "http://ns.adobe.com/exif/1.0/aux/": "Lens=Text SerialNumber=Text",
    PDFA: "part=Integer amd=Text corr=Text conformance=Text",
    EXTENSION: "schemas",
}  # fmt: skip
"""Properties by namespace: those of arrays have the kind of the items behind a colon."""

KINDS: Final = {
    (space, name): kind
    for space, written in _WRITTEN.items()
    for name, _, kind in (each.partition("=") for each in written.split())
}
"""Each property by namespace and name: its kind, "" where that is not looked at."""

_STRUCTURES: Final = {
    "ResourceRef":
        ("http://ns.adobe.com/xap/1.0/sType/ResourceRef#",
         "instanceID documentID versionID renditionClass renditionParams manager managerVariant manageTo manageUI"),
    "ResourceEvent":
        ("http://ns.adobe.com/xap/1.0/sType/ResourceEvent#", "action instanceID parameters softwareAgent when"),
    "Version": ("http://ns.adobe.com/xap/1.0/sType/Version#", "comments event modifyDate modifier version"),
    "Job": ("http://ns.adobe.com/xap/1.0/sType/Job#", "name id url"),
    "Dimensions": ("http://ns.adobe.com/xap/1.0/sType/Dimensions#", "w h unit"),
    "Font":
        ("http://ns.adobe.com/xap/1.0/sType/Font#",
         "fontName fontFamily fontFace fontType versionString composite fontFileName childFontFiles"),
    "Colorant":
        ("http://ns.adobe.com/xap/1.0/g/", "swatchName mode type cyan magenta yellow black red green blue L A B"),
    "Thumbnail": ("http://ns.adobe.com/xap/1.0/g/img/", "height width format image"),
}  # fmt: skip
"""Structures with the namespace of their fields."""
_DATE: Final = r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?"
_FORMS: Final = {
    "Date": (_DATE, "is no date"),
    "Integer": (r"[+-]?\d+", "is no integer"),
    "Real": (r"[+-]?(\d+\.?\d*|\.\d+)", "is no number"),
    "Mime": (r"[-\w+.]+/[-\w+.]+", "is no MIME type"),
    "Gps": (r"\d+,\d+(,\d+|\.\d+)[NSEW]", "is no coordinate"),
    "Boolean": ("True|False", "is neither True nor False"),
}
"""What a text of some kinds must be like."""


_TYPE: Final = re.compile(r"(?:(bag|seq|alt) )?(?:(?:open |closed )?choice (?:of )?)?(.+)")
_PLAIN: Final = "text uri url xpath propername agentname locale renditionclass rational"
_MEDIA: Final = (
    "oecf/sfr cfapattern devicesettings flash beatsplicestretch marker media projectlink resamplestretch time "
    "timecode timescalestretch"
)
_KINDS: Final = {
    **dict.fromkeys(_PLAIN.split(), "Text"),
    **{kind.lower(): kind for kind in _STRUCTURES},
    **dict.fromkeys(_MEDIA.split(), "Structure"),
    "integer": "Integer", "boolean": "Boolean", "real": "Real", "date": "Date", "mimetype": "Mime",
    "gpscoordinate": "Gps", "any": "",
}  # fmt: skip
"""Kinds by the names that descriptions have for them, in small letters."""


def fault_of(found: Property, added: Mapping[Name, str]) -> str:
    """What is wrong with the value of a property, or ""; kinds may be added to those known."""
    key = (found.space, found.name)
    shape, _, kind = KINDS.get(key, added.get(key, "")).rpartition(":")
    if not shape:
        return _fault(found.node, kind)
    if found.shape != shape:
        return f"is {found.shape}, not {shape}"
    return next(filter(None, (_fault(item, kind) for item in items(found.node))), "")


def kind_of(written: str) -> str | None:
    """The kind that a type is in a description, in small letters; None for one that nobody knows."""
    found = _TYPE.fullmatch(written)
    if written == "lang alt":
        return "Alt:Lang"
    if not found or found[2] not in _KINDS:
        return None
    kind = _KINDS[found[2]]
    return f"{found[1].title()}:{kind or 'Any'}" if found[1] else kind


def _fault(node: Any, kind: str) -> str:
    if kind in ("", "Any"):
        return ""
    shape, values = value_of(node)
    if (kind in _STRUCTURES or kind == "Structure") and shape != "Struct":
        return "is no structure"
    if kind == "Structure":
        return ""
    if kind in _STRUCTURES:
        space, names = _STRUCTURES[kind]
        known = {(space, name) for name in names.split()}
        unknown = (
            each for each in fields(node) if (each.namespaceURI, each.localName) not in known
        )
        return next((f"has an unknown field {each.nodeName}" for each in unknown), "")
    if shape != "Text":
        return f"is {shape}, not Text"
    if kind == "Lang" and not node.hasAttributeNS(XML, "lang"):
        return "does not say its language"
    pattern, fault = _FORMS.get(kind, ("", ""))
    whole = not pattern or all(re.fullmatch(pattern, each, re.ASCII) for each in values)
    return "" if whole else fault
