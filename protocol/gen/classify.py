# SPDX-License-Identifier: MIT
"""Decides, from a registry's command and its row, what stands on the wire and who writes the code.

Pure: no file is read and none is written. The result, a Call, is all that the emitters look at.
"""

import re
from dataclasses import dataclass, field

from problem import Problem
from registry import Command, Param
from rows import Row

# C type -> (wire type, size in bytes of one element in a payload)
SCALARS = {
    **dict.fromkeys(("GLenum", "GLuint", "GLbitfield", "uint32_t", "EGLenum"), ("u32", 4)),
    **dict.fromkeys(("GLboolean", "GLubyte", "uint8_t"), ("u32", 1)),
    **dict.fromkeys(("GLint", "GLsizei", "GLfixed", "GLclampx", "int32_t"), ("i32", 4)),
    **dict.fromkeys(("GLfloat", "GLclampf"), ("f32", 4)),
    **dict.fromkeys(("GLintptr", "GLsizeiptr", "GLint64", "int64_t"), ("i64", 8)),
    **dict.fromkeys(("GLuint64", "uint64_t"), ("u64", 8)),
}
BYTES = {"void": 1, "GLchar": 1, "char": 1, "GLshort": 2, "GLushort": 2, "GLbyte": 1}
WIDTH = {"u32": 4, "i32": 4, "f32": 4, "u64": 8, "i64": 8}
C_TYPE = {"u32": "uint32_t", "i32": "int32_t", "f32": "float", "u64": "uint64_t", "i64": "int64_t"}

# The objects that contexts share. A command that takes one, as each of EGL does, is ordered between
# streams.
SHARED = {"buffer", "texture", "renderbuffer", "shader", "program", "sampler", "sync"}

# Numbers that drivers add up before they look whether they are too large, so that what does not fit an
# int wraps and is taken for small: the host bounds them (backend-compositor/host/bounds.h). Extents
# are sizes of images and places in them, positions are places in a framebuffer, ranges lie in
# buffers. What can be asked back is handed on as it is.
BOUNDED = {
    "extent": (("i32",), r"gl(Clear|Compressed|Copy)?(Tex|Image|Renderbuffer)", {
        "width", "height", "depth", "xoffset", "yoffset", "zoffset",
        *(side + what for side in ("src", "dst") for what in ("X", "Y", "Z")),
        "srcWidth", "srcHeight", "srcDepth"}),
    "position": (("i32",), r"(gl|xg)(CopyTex|Read)", {"x", "y", "width", "height"}),
    "range": (("i64", "u64"), r"(?!glBind)",
              {"offset", "readOffset", "writeOffset", "size", "indirect"}),
}

# Function of protocol/size.h -> how many arguments it takes. calls.toml may name these.
SIZE_FUNCTIONS = {
    "image": 5, "indices": 2, "get": 1, "tex_parameter": 1, "vertex_attrib": 1,
    "program_parameter": 1, "clear_buffer": 1, "one": 1,
}

# Those that count octets and can say "unknown"; the others count values and never fail.
OCTET_FUNCTIONS = ("image", "indices")


@dataclass(frozen=True)
class Rule:
    """How many bytes a payload must have.

    fixed: exactly `factor`. counted: `argument` × factor. sized: the function's answer × factor.
    string: up to and with the first NUL. text: `argument` bytes, where a guest's negative argument
    means "up to the NUL". argument: what hand-written code says.
    """

    kind: str
    factor: int = 1
    argument: str = ""
    function: str = ""
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Payload:
    rule: Rule
    element: str  # C type of an element
    element_size: int
    is_output: bool
    is_nullable: bool
    is_kept: bool = False  # the host writes only a part; the rest keeps what it was
    used: str = ""  # the output that says how many elements of this one are filled


@dataclass(frozen=True)
class Field:
    """A member of the call's struct: a value, or a payload's size and place."""

    name: str
    type: str  # C type in the encoder's signature
    wire: str  # u32 … i64, or "data"
    offset: int = 0
    object_class: str | None = None
    payload: Payload | None = None
    param: Param | None = None  # None: an argument that only the wire has


@dataclass(frozen=True)
class Call:
    name: str
    command: Command
    guest: str  # auto: entry generated; custom: hand-written; local: and no wire; none: no entry
    host: str  # auto: replay generated; custom: hand-written
    opcode: int = 0
    fields: tuple[Field, ...] = ()
    padding: tuple[int, ...] = ()  # offsets of the 32-bit zeros
    size: int = 0
    is_sync: bool = False
    is_ordered: bool = False
    flushes: bool = False
    wants_context: bool = False
    is_core: bool = True
    makes: str | None = None  # "gen" or "create": the guest names the object(s)
    reshapes: str = ""  # see rows.py
    result_type: str = "void"  # of the encoder
    aliases: tuple[str, ...] = ()  # the command's other names, the best known first

    @property
    def on_wire(self):
        return self.guest != "local"

    @property
    def payloads(self):
        return [f for f in self.fields if f.payload]

    @property
    def outputs(self):
        return [f for f in self.payloads if f.payload.is_output]

    def bounded(self, kind):
        """The fields that the host bounds in that way."""
        wires, pattern, names = BOUNDED[kind]
        return [f for f in self.fields
                if f.wire in wires and f.name in names and re.match(pattern, self.name)]

    @property
    def reports_success(self):
        """A call without a result of its own says in the reply whether the outputs are filled."""
        return bool(self.outputs) and self.result_type == "void"


@dataclass(frozen=True)
class Source:
    """Why a command is carried: for messages about it."""

    path: str
    line: int
    text: str
    is_core: bool = True  # of GLES 2.0, which each host has
    is_gl: bool = True  # wants a current context


def parse_length(command, param, fail):
    """The registry's len= as a Rule, or None if it does not say."""
    size = element_size(param, fail)
    text = (param.length or "").replace(" ", "")
    if text.isdigit():
        return Rule("fixed", int(text) * size)
    match = re.fullmatch(r"(\w+)(?:([*/])(\d+))?", text)
    if not match or match.group(1) not in {p.name for p in command.params}:
        return None
    factor = size
    if match.group(2):
        number = int(match.group(3))
        factor = size * number if match.group(2) == "*" else size // number
    return Rule("counted", factor, match.group(1))


def parse_size(text, param, command, fail):
    """A size in calls.toml: "argument", "string", "text(n)", "n", "n * 4" or "function(a, …)"."""
    names = {p.name for p in command.params}
    if text in ("argument", "string"):
        return Rule(text)
    match = re.fullmatch(r"(\w+)\(([^()]*)\)", text)
    if not match:
        rule = parse_length(command, Param(**{**vars(param), "length": text}), fail)
        if not rule:
            fail(f"size of '{param.name}': cannot read \"{text}\"")
        return rule
    function, arguments = match.group(1), tuple(a.strip() for a in match.group(2).split(","))
    for argument in arguments:
        if argument not in names and not argument.isdigit():
            fail(f"size of '{param.name}': the command has no parameter '{argument}'")
    if function == "text":
        return Rule("text", 1, arguments[0])
    if function not in SIZE_FUNCTIONS:
        fail(f"size of '{param.name}': no function '{function}'; there are "
             f"{', '.join(sorted(SIZE_FUNCTIONS))}")
    if len(arguments) != SIZE_FUNCTIONS[function]:
        fail(f"size of '{param.name}': {function}() takes {SIZE_FUNCTIONS[function]} arguments, "
             f"not {len(arguments)}")
    factor = 1 if function in OCTET_FUNCTIONS else element_size(param, fail)
    return Rule("sized", factor, function=function, arguments=arguments)


def element_size(param, fail):
    if param.base in SCALARS:
        return SCALARS[param.base][1]
    if param.base in BYTES:
        return BYTES[param.base]
    return fail(f"parameter '{param.name}': no wire form for type {param.type}")


def is_string(command, param):
    """Text without a length ends with a NUL, unless another parameter may be its length."""
    return (param.length is None and param.is_const and param.base in ("GLchar", "char")
            and not any(p.name == "length" for p in command.params))


def payload_of(command, param, row, makes, fail):
    if param.pointers > 1:
        fail(f"parameter '{param.name}': {param.type} has no wire form: say guest = \"local\" and "
             "carry it by a private command")
    text = row.size.get(param.name)
    is_output = not param.is_const and makes != "gen"
    if text:
        rule = parse_size(text, param, command, fail)
    elif is_string(command, param):
        rule = Rule("string")
    else:
        rule = parse_length(command, param, fail)
    if rule is None:
        said = f"length {param.length}" if param.length else "no length"
        fail(f"parameter '{param.name}' has {said} in the registry: add to calls.toml: "
             f"{command.name} = {{size = {{{param.name} = \"…\"}}}}")
    counts = [p.name for p in command.params
              if p.name in ("length", "count") and p.pointers == 1 and not p.is_const]
    is_capacity = is_output and rule.kind == "counted" and counts and param.name not in counts
    return Payload(
        rule=rule,
        element=param.base,
        element_size=element_size(param, fail),
        is_output=is_output,
        is_nullable=param.name in row.null,
        is_kept=param.name in row.keep,
        used=counts[0] if is_capacity and len(counts) == 1 else "",
    )


def field_of(command, param, row, makes, fail):
    common = {"name": param.name, "object_class": param.object_class, "param": param}
    if param.name in row.offset:
        return Field(type="uint64_t", wire="u64", **common)
    if param.pointers:
        return Field(type=param.type, wire="data",
                     payload=payload_of(command, param, row, makes, fail), **common)
    if param.base in ("GLeglImageOES", "GLsync"):
        return Field(type="uint32_t", wire="u32", **common)
    if param.base not in SCALARS:
        fail(f"parameter '{param.name}': no wire form for type {param.type}")
    return Field(type=param.type, wire=SCALARS[param.base][0], **common)


def lay_out(fields):
    """Gives each field its offset, after the record's 8 octets, naturally aligned."""
    placed, padding, at = [], [], 8
    for f in fields:
        width = WIDTH.get(f.wire, 8)
        if width == 8 and f.wire != "data" and at % 8:
            padding.append(at)
            at += 4
        placed.append(Field(**{**vars(f), "offset": at}))
        at += width
    if at % 8:
        padding.append(at)
        at += 4
    return tuple(placed), tuple(padding), at


def made_by_guest(command):
    if command.result.object_class:
        return "create"
    first = next((p for p in command.params if p.pointers), None)
    is_gen = first and first.object_class and not first.is_const
    return "gen" if is_gen and command.name.startswith("glGen") else None


def is_shared(f):
    return f.object_class in SHARED or (f.param and f.param.base == "GLeglImageOES")


def check_row(command, row, fields):
    names = {p.name for p in command.params}
    for key in ("size", "null", "keep", "offset"):
        for name in getattr(row, key):
            if name not in names:
                raise row.problem(f"{key}: the command has no parameter '{name}'")
    if row.reshapes == "levels" and "pname" not in names:
        raise row.problem("reshapes: the command has no parameter 'pname'")
    pointers = {f.name for f in fields if f.payload}
    for name in row.null:
        if name not in pointers:
            raise row.problem(f"null: '{name}' is no pointer on the wire")
    outputs = {f.name for f in fields if f.payload and f.payload.is_output}
    for name in row.keep:
        if name not in outputs:
            raise row.problem(f"keep: '{name}' is no output on the wire")


def check_host(call, fail):
    if call.host != "auto":
        return
    for f in call.fields:
        if f.param and f.param.base == "GLsync":
            fail(f"parameter '{f.name}' is no number in the driver: say host = \"custom\"")
    for f in call.payloads:
        is_names = f.object_class and call.makes != "gen" and not call.name.startswith("glDelete")
        if is_names:
            fail(f"parameter '{f.name}' is an array of names: say host = \"custom\"")
        if f.payload.rule.kind == "argument":
            fail(f"parameter '{f.name}' has a size that only hand-written code knows: "
                 "say host = \"custom\"")


def classify(command, row, source):
    """The Call for a command; row is its line in calls.toml, or None."""
    is_private = command.name.startswith("xg")

    def fail(text):
        if row:
            raise row.problem(text)
        raise Problem(source.path, source.line, f"{source.text}: {command.name}: {text}")

    actual = row or Row(command.name, source.path, source.line)
    guest = actual.guest or ("none" if is_private else "auto")
    host = actual.host or ("custom" if is_private else "auto")
    if guest == "local":
        return Call(command.name, command, guest, host, is_core=source.is_core)
    makes = made_by_guest(command)
    fields = [field_of(command, param, actual, makes, fail) for param in command.params]
    check_row(command, actual, fields)
    result_type = command.result.type
    if makes == "create":
        fields.append(Field("name", "GLuint", "u32", object_class=command.result.object_class))
        result_type = "void"
    if result_type != "void" and result_type not in SCALARS:
        fail(f"no wire form for a result of type {result_type}: say guest = \"local\" and carry it "
             "by a private command")
    placed, padding, size = lay_out(fields)
    if size > 256:
        fail(f"{size} octets of arguments: the padding mask covers 256")
    has_output = any(f.payload and f.payload.is_output for f in fields)
    call = Call(
        name=command.name,
        command=command,
        guest=guest,
        host=host,
        fields=placed,
        padding=padding,
        size=size,
        is_sync=actual.sync or has_output or result_type != "void",
        is_ordered=actual.shared or any(is_shared(f) for f in fields) or not source.is_gl,
        flushes=actual.flush,
        wants_context=source.is_gl,
        is_core=source.is_core,
        makes=makes,
        reshapes=actual.reshapes,
        result_type=result_type,
    )
    check_host(call, fail)
    if guest == "auto" and makes:
        fail("the guest names the objects: say guest = \"custom\"")
    return call
