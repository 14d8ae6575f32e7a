"""Ways to damage a request or its bytes; each takes its chances from one source, so that it can be repeated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks.soak import seeds
from benchmarks.soak.seeds import Draft

_METHODS = (
    b"PUT",
    b"DELETE",
    b"PATCH",
    b"TRACE",
    b"CONNECT",
    b"get",
    b"PROPFIND",
    b"FOO",
    b"",
    b"GET GET",
    b"HEAD",
    b"PRI",
)
_VALUES = (
    *(
        b"",
        b",",
        b";",
        b"q=1",
        b"*/*;q=",
        b"*/*;q=nan",
        b"text/html;q=1e9",
        b"/",
        b"a/b/c",
        b"\xff\xfe",
        b"'",
        b'"',
        b"\t",
        b"{}",
    ),
    *(
        b"a" * 5000,
        b"text/*," * 800,
        b"*",
        b"close",
        b"upgrade",
        b"-1",
        b"0",
        b"999999999999",
        b"%00",
        b"\x80",
        b"0x10",
        b"1, 1",
    ),
)
_NAMES = (
    *(
        b"Accept",
        b"Accept-Encoding",
        b"Accept-Language",
        b"Host",
        b"Content-Type",
        b"Content-Encoding",
        b"If-None-Match",
    ),
    *(
        b"If-Modified-Since",
        b"Connection",
        b"Expect",
        b"Upgrade",
        b"Range",
        b"X-Request-Id",
        b"Origin",
        b"Transfer-Encoding",
    ),
    *(
        b"Content-Length",
        b"X-Forwarded-For",
        b"Cookie",
        b"Te",
        b"Trailer",
        b"Access-Control-Request-Method",
        b"HTTP2-Settings",
    ),
)

Drafts = Callable[[Random, Draft], Draft]
Wires = Callable[[Random, bytes], bytes]


def percent(random: Random, draft: Draft) -> Draft:
    """Percent-encoding that is broken, doubled or needless."""
    target = bytearray(draft.target)
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(target) + 1)
        target[place:place] = random.choice(
            (b"%", b"%4", b"%zz", b"%00", b"%ff", b"%c0%af", b"%2e%2e/", b"%25", b"%ED%A0%80")
        )
    return replace(draft, target=bytes(target))


def target(random: Random, draft: Draft) -> Draft:
    """An address as nobody writes it."""
    path, mark, rest = draft.target.partition(b"?")
    odd = random.choice(
        (b"/" + path, path + b"/", path + b"/../..", b"http://other.example" + path, path * 40, path + b"\xff")
    )
    odd = random.choice(
        (odd, odd, path.upper(), path + b"." + random.choice((b"ttl", b"csv", b"exe")), b"", b"//", path + b"#x")
    )
    return replace(draft, target=odd + mark + rest)


def parameters(random: Random, draft: Draft) -> Draft:
    """Parameters twice, missing, unknown, or too many."""
    path, _, rest = draft.target.partition(b"?")
    pairs = rest.split(b"&") if rest else []
    extra = random.choice(
        (b"query=ASK{}", b"query", b"update=DROP+ALL", b"lang=en", b"_mediatype=ttl", b"&&&", b"=", b"x=1")
    )
    pairs += [extra] * random.choice((1, 1, 2, 50, 1500))
    random.shuffle(pairs)
    return replace(draft, target=path + b"?" + b"&".join(pairs[random.randint(0, 1) :]))


def method(random: Random, draft: Draft) -> Draft:
    """A method that the route does not know, or a version."""
    version = random.choice((b"HTTP/1.1", b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2.0", b"HTTP/9", b"", b"HTTP/1.1 "))
    return replace(draft, method=random.choice(_METHODS), version=version)


def fields(random: Random, draft: Draft) -> Draft:
    """Header fields with values that they cannot have, twice, or without a name."""
    chosen = list(draft.fields)
    for _ in range(random.randint(1, 5)):
        pair = (random.choice((*_NAMES, *_NAMES, b"", b"X Y", b"\xe9", b"X\x00")), random.choice(_VALUES))
        chosen.insert(random.randrange(len(chosen) + 1), pair)
    return replace(draft, fields=chosen)


def flood(random: Random, draft: Draft) -> Draft:
    """More header than there may be."""
    number, size = random.choice(((10, 10_000), (3000, 10), (1, 70_000), (100, 600), (600, 1)))
    return replace(draft, fields=[*draft.fields, *((b"X-%d" % index, b"y" * size) for index in range(number))])


def wishes(random: Random, draft: Draft) -> Draft:
    """What the client would like, changed by some letters."""
    names = (b"accept", b"accept-encoding", b"accept-language", b"if-none-match", b"x-request-id")
    draft = draft.having((b"X-Request-Id", b"abc"), (b"Accept", seeds.accept(random).encode()), *seeds.wishes(random))
    return replace(
        draft, fields=[(name, flips(random, value) if name.lower() in names else value) for name, value in draft.fields]
    )


def coding(random: Random, draft: Draft) -> Draft:
    """A body that is packed otherwise than it says, several times, or not to the end."""
    names = random.choices(list(seeds.CODINGS), k=random.choice((1, 1, 2, 3, 5)))
    body = draft.body or b"ASK {}"
    for name in names:
        body = seeds.CODINGS[name](body)
    body = random.choice((body, cut(random, body), flips(random, body), body * 2, bytes(200_000)))
    said = random.choice((", ".join(names), random.choice(("gzip", "br", "zstd", "deflate", "x", ", ,", "identity"))))
    sized = draft.having((b"Content-Encoding", said.encode()), (b"Content-Length", str(len(body)).encode()))
    sized = sized.having(
        (b"Content-Type", random.choice((b"application/sparql-query", b"application/x-www-form-urlencoded")))
    )
    return replace(sized, method=b"POST", body=body)


def length(random: Random, draft: Draft) -> Draft:
    """A length that is not that of the body."""
    off = random.choice((-1, 1, 100, 10**9, 10**18, 10**30, -(10**6)))
    said = random.choice((str(len(draft.body) + off).encode(), b"", b"x", b"+5", b"0", b"1e3", b" 1"))
    fields = [pair for pair in draft.fields if pair[0].lower() != b"content-length"]
    twice = [(b"Content-Length", b"3")] if random.random() < 0.2 else []
    return replace(draft, fields=[*fields, (b"Content-Length", said), *twice])


def chunks(random: Random, draft: Draft) -> Draft:
    """A body in chunks, framed well or badly."""
    body, pieces = draft.body or b"query=ASK{}", []
    while body:
        size = random.randint(1, max(1, min(len(body), 4000)))
        piece, body = body[:size], body[size:]
        pieces.append(b"%x%s\r\n%s\r\n" % (size, random.choice((b"", b"", b";a=b")), piece))
    framed = b"".join(pieces) + b"0\r\n\r\n"
    framed = random.choice(
        (framed, framed, flips(random, framed), framed[:-2], b"ffffffffffffffff1\r\n", framed + b"X")
    )
    kept = [pair for pair in draft.fields if pair[0].lower() != b"content-length" or random.random() < 0.05]
    return replace(draft, method=b"POST", body=framed, fields=[*kept, (b"Transfer-Encoding", b"chunked")])


def flips(random: Random, data: bytes) -> bytes:
    """Bits turned."""
    turned = bytearray(data or b"x")
    for _ in range(random.choice((1, 1, 3, 10))):
        turned[random.randrange(len(turned))] ^= 1 << random.randrange(8)
    return bytes(turned)


def cut(random: Random, data: bytes) -> bytes:
    """Not to the end."""
    return data[: random.randrange(len(data) + 1)]


def spliced(random: Random, data: bytes) -> bytes:
    """A part is gone, or stands elsewhere."""
    one, other = sorted((random.randrange(len(data) + 1), random.randrange(len(data) + 1)))
    place = random.randrange(len(data) + 1)
    return random.choice((data[:one] + data[other:], data[:place] + data[one:other] + data[place:]))


def noise(random: Random, data: bytes) -> bytes:
    """No HTTP at all."""
    head = random.choice(
        (b"", b"GET ", b"\x16\x03\x01\x02\x00", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\r\n\r\n", data[:20])
    )
    return head + random.randbytes(random.choice((1, 50, 2000)))


DRAFTS: dict[str, Drafts] = {
    **{
        "percent": percent,
        "address": target,
        "parameters": parameters,
        "method": method,
        "fields": fields,
        "flood": flood,
    },
    **{"wishes": wishes, "coding": coding, "length": length, "chunks": chunks},
}
WIRES: dict[str, Wires] = {"bits": flips, "truncated": cut, "spliced": spliced, "noise": noise}
