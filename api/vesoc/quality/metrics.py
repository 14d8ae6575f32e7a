"""The metrics of the Metadata Quality Assessment of data.europa.eu, as one table: 405 points in five dimensions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

NAMESPACE = "https://piveau.eu/ns/voc#"  # in which the portal names its metrics and dimensions
SCORING = "scoring"
PROFILE = "http://data.europa.eu/r5r/"  # DCAT-AP, as one names what one conforms to


class Dimension(StrEnum):
    """A group of metrics, by its name in the namespace."""

    FINDABILITY = "findability"
    ACCESSIBILITY = "accessibility"
    INTEROPERABILITY = "interoperability"
    REUSABILITY = "reusability"
    CONTEXTUALITY = "contextuality"


class Subject(StrEnum):
    """What a metric is computed on. One on both wants it of the dataset and of each distribution."""

    DATASET = "dataset"
    DISTRIBUTION = "distribution"
    BOTH = "both"


class Test(StrEnum):
    """How a metric is computed."""

    GIVEN = "given"
    LISTED = "listed"
    ANSWERS = "answers"
    CONFORMS = "conforms"


@dataclass(frozen=True)
class Metric:
    """A metric: `name` in the namespace, points, and the properties that it looks at, each by prefix and local name.

    `lists` names, property by property, the list that a value has to be on. `label` and `mend` are English, as they
    stand in the catalogues of texts.
    """

    name: str
    dimension: Dimension
    points: int
    subject: Subject
    test: Test
    properties: tuple[str, ...]
    label: str
    mend: str
    lists: tuple[str, ...] = ()

    @property
    def live(self) -> bool:
        """Whether it takes requests to find out."""
        return self.test is Test.ANSWERS


class Rating(StrEnum):
    """What the points come to, by its word in English."""

    EXCELLENT = "Excellent"
    GOOD = "Good"
    SUFFICIENT = "Sufficient"
    BAD = "Bad"


def _(text: str) -> str:
    """Marks a text for the catalogues."""
    return text


# The names of dimensions and ratings, and what a metric is on, in words.
DIMENSIONS = MappingProxyType(
    {
        Dimension.FINDABILITY: _("Findability"),
        Dimension.ACCESSIBILITY: _("Accessibility of the data"),
        Dimension.INTEROPERABILITY: _("Interoperability"),
        Dimension.REUSABILITY: _("Reusability"),
        Dimension.CONTEXTUALITY: _("Context"),
    }
)
RATINGS = MappingProxyType(
    {
        Rating.EXCELLENT: _("Excellent"),
        Rating.GOOD: _("Good"),
        Rating.SUFFICIENT: _("Sufficient"),
        Rating.BAD: _("Bad"),
    }
)
_LEAST = ((351, Rating.EXCELLENT), (221, Rating.GOOD), (121, Rating.SUFFICIENT), (0, Rating.BAD))

_F, _A, _I, _R, _C = Dimension
_DATASET, _DISTRIBUTION, _BOTH = Subject
_GIVEN, _LISTED, _ANSWERS, _CONFORMS = Test

METRICS = (
    Metric("keywordAvailability", _F, 30, _DATASET, _GIVEN, ("dcat:keyword",),
           _("Keywords"), _("Give the dataset at least one dcat:keyword.")),
    Metric("categoryAvailability", _F, 30, _DATASET, _GIVEN, ("dcat:theme",),
           _("Categories"), _("Give the dataset a dcat:theme, one of the EU data themes.")),
    Metric("spatialAvailability", _F, 20, _DATASET, _GIVEN, ("dcterms:spatial",),
           _("Place"), _("Say by dcterms:spatial which place the data is about.")),
    Metric("temporalAvailability", _F, 20, _DATASET, _GIVEN, ("dcterms:temporal",),
           _("Time"), _("Say by dcterms:temporal which period the data is about.")),
    Metric("accessUrlStatusCode", _A, 50, _DISTRIBUTION, _ANSWERS, ("dcat:accessURL",),
           _("The access address answers"), _("Let every dcat:accessURL answer a HEAD or GET request with success.")),
    Metric("downloadUrlAvailability", _A, 20, _DISTRIBUTION, _GIVEN, ("dcat:downloadURL",),
           _("Download address"), _("Give the address of the file itself as dcat:downloadURL.")),
    Metric("downloadUrlStatusCode", _A, 30, _DISTRIBUTION, _ANSWERS, ("dcat:downloadURL",),
           _("The download address answers"),
           _("Let every dcat:downloadURL answer a HEAD or GET request with success.")),
    Metric("formatAvailability", _I, 20, _DISTRIBUTION, _GIVEN, ("dcterms:format",),
           _("Format"), _("Name the format by dcterms:format, one of the EU file types.")),
    Metric("mediaTypeAvailability", _I, 10, _DISTRIBUTION, _GIVEN, ("dcat:mediaType",),
           _("Media type"), _("Name the media type by dcat:mediaType, the address that IANA has for it.")),
    Metric("formatMediaTypeVocabularyAlignment", _I, 10, _DISTRIBUTION, _LISTED, ("dcterms:format", "dcat:mediaType"),
           _("Format and media type from the vocabularies"),
           _("Take dcterms:format from the EU file types and dcat:mediaType from the media types of IANA."),
           ("file-types", "media-types")),
    Metric("formatMediaTypeNonProprietary", _I, 20, _DISTRIBUTION, _LISTED, ("dcterms:format",),
           _("Non-proprietary format"), _("Offer the data in a format on the list of non-proprietary ones."),
           ("non-proprietary",)),
    Metric("formatMediaTypeMachineInterpretable", _I, 20, _DISTRIBUTION, _LISTED, ("dcterms:format",),
           _("Format that machines can read"), _("Offer the data in a format on the list of those that machines read."),
           ("machine-readable",)),
    Metric("dcatApCompliance", _I, 30, _DATASET, _CONFORMS, (),
           _("Keeps to DCAT-AP"), _("Mend what breaks DCAT-AP.")),
    Metric("licenceAvailability", _R, 20, _DISTRIBUTION, _GIVEN, ("dcterms:license",),
           _("Licence"), _("Give the distribution a dcterms:license.")),
    Metric("knownLicence", _R, 10, _DISTRIBUTION, _LISTED, ("dcterms:license",),
           _("Licence from the vocabulary"), _("Take dcterms:license from the EU table of licences."), ("licences",)),
    Metric("accessRightsAvailability", _R, 10, _DATASET, _GIVEN, ("dcterms:accessRights",),
           _("Access rights"), _("Say by dcterms:accessRights who may have the data.")),
    Metric("accessRightsVocabularyAlignment", _R, 5, _DATASET, _LISTED, ("dcterms:accessRights",),
           _("Access rights from the vocabulary"), _("Take dcterms:accessRights from the EU table of access rights."),
           ("access-rights",)),
    Metric("contactPointAvailability", _R, 20, _DATASET, _GIVEN, ("dcat:contactPoint",),
           _("Contact"), _("Say by dcat:contactPoint whom to ask.")),
    Metric("publisherAvailability", _R, 10, _DATASET, _GIVEN, ("dcterms:publisher",),
           _("Publisher"), _("Say by dcterms:publisher who publishes the dataset.")),
    Metric("rightsAvailability", _C, 5, _DISTRIBUTION, _GIVEN, ("dcterms:rights",),
           _("Rights"), _("Add what is to be said of rights as dcterms:rights.")),
    Metric("byteSizeAvailability", _C, 5, _DISTRIBUTION, _GIVEN, ("dcat:byteSize",),
           _("Size"), _("Give the size of the file in bytes as dcat:byteSize.")),
    Metric("dateIssuedAvailability", _C, 5, _BOTH, _GIVEN, ("dcterms:issued",),
           _("Date of issue"), _("Give the dataset and each distribution a dcterms:issued.")),
    Metric("dateModifiedAvailability", _C, 5, _BOTH, _GIVEN, ("dcterms:modified",),
           _("Date of change"), _("Give the dataset and each distribution a dcterms:modified.")),
)  # fmt: skip
BY_NAME = MappingProxyType({metric.name: metric for metric in METRICS})


def most(metrics: Iterable[Metric] = METRICS) -> int:
    """The points that those metrics can give."""
    return sum(metric.points for metric in metrics)


def rating(points: int) -> Rating:
    """What the points of all metrics come to."""
    return next(name for least, name in _LEAST if points >= least)
