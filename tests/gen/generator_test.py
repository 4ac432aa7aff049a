#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the generator: what it writes, and what it says when its input is wrong.

    generator_test.py --generator DIR --protocol DIR --registry gl.xml [--update]

--update writes the golden files anew: read the difference before you commit it.
"""

import argparse
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
MINI = HERE / "mini"
GOLDEN = HERE / "golden"
arguments = None


def generate(folder, output=None, *extra):
    command = [sys.executable, "-B", arguments.generator / "main.py", "--registry",
               folder / "gl.xml", "--protocol", folder, *extra]
    if output:
        command += ["--output", output]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Golden(unittest.TestCase):
    def test_the_output_for_a_few_commands_is_as_expected(self):
        with tempfile.TemporaryDirectory() as output:
            result = generate(MINI, output)
            self.assertEqual(result.stderr, "")
            written = {path.name: path.read_text() for path in pathlib.Path(output).iterdir()}
        if arguments.update:
            for name, text in written.items():
                (GOLDEN / f"{name}.golden").write_text(text)
        expected = {path.stem: path.read_text() for path in GOLDEN.iterdir()}
        self.assertEqual(sorted(written), sorted(expected))
        for name, text in sorted(expected.items()):
            self.assertEqual(written[name].splitlines(), text.splitlines(), name)

    def test_each_flag_has_a_bit_of_its_own(self):
        text = (GOLDEN / "xg_tables.h.golden").read_text()
        for prefix in ("XG_PAYLOAD", "XG_CALL"):
            bits = re.findall(rf"#define {prefix}_\w+\s+(0x\w+)u", text)
            self.assertGreaterEqual(len(bits), 3)
            self.assertEqual(len(set(bits)), len(bits), prefix)

    def test_a_second_run_touches_nothing(self):
        with tempfile.TemporaryDirectory() as output:
            generate(MINI, output)
            stamps = {path: path.stat().st_mtime_ns for path in pathlib.Path(output).iterdir()}
            generate(MINI, output)
            for path, stamp in stamps.items():
                self.assertEqual(path.stat().st_mtime_ns, stamp, path.name)


class BadInput(unittest.TestCase):
    """Each case edits the small input: (file, old text, new text) → the message."""

    def expect(self, name, old, new, message):
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary) / "input"
            shutil.copytree(MINI, folder)
            text = (folder / name).read_text()
            self.assertIn(old, text)
            (folder / name).write_text(text.replace(old, new, 1))
            result = generate(folder, temporary)
            self.assertEqual(result.returncode, 1, "the generator accepted it")
            self.assertEqual(result.stderr.replace(f"{folder}/", "").strip(), message)

    def test_an_unknown_key(self):
        self.expect("calls.toml", "{flush = true}", "{flsh = true}",
                    "calls.toml:9: glFlush: unknown key 'flsh'; there are guest, host, size, null, "
                    "keep, offset, sync, flush, shared, reshapes, alias")

    def test_a_word_that_is_none_of_a_key_s(self):
        self.expect("calls.toml", "{flush = true}", '{reshapes = "often"}',
                    'calls.toml:9: glFlush: reshapes = "often" is none of always, levels')

    def test_levels_without_a_name_for_them(self):
        self.expect("calls.toml", "{flush = true}", '{reshapes = "levels"}',
                    "calls.toml:9: glFlush: reshapes: the command has no parameter 'pname'")

    def test_a_key_of_a_wrong_type(self):
        self.expect("calls.toml", "{flush = true}", '{flush = "yes"}',
                    "calls.toml:9: glFlush: 'flush' wants a bool")

    def test_a_row_that_is_no_table(self):
        self.expect("calls.toml", "{flush = true}", "true",
                    "calls.toml:9: glFlush: a row is NAME = {key = value, …}")

    def test_a_word_outside_the_vocabulary(self):
        self.expect("calls.toml", 'glBindTexture       = {guest = "custom"}',
                    'glBindTexture       = {guest = "mine"}',
                    'calls.toml:2: glBindTexture: guest = "mine" is none of auto, custom, local, '
                    "none")

    def test_another_name_of_nothing(self):
        self.expect("calls.toml", 'alias = "glBindTexture"', 'alias = "glBindTextures"',
                    "calls.toml:3: glBindTextureEXT: there is no command glBindTextures of its own")

    def test_another_name_with_more_to_say(self):
        self.expect("calls.toml", 'alias = "glBindTexture"', 'alias = "glBindTexture", sync = true',
                    "calls.toml:3: glBindTextureEXT: the command is glBindTexture by another name: "
                    "say the rest there")

    def test_a_sync_that_the_generated_replay_cannot_know(self):
        self.expect("calls.toml", 'glWaitSync          = {guest = "custom", host = "custom"}',
                    'glWaitSync          = {guest = "custom"}',
                    "calls.toml:16: glWaitSync: parameter 'sync' is no number in the driver: say "
                    'host = "custom"')

    def test_broken_toml(self):
        self.expect("calls.toml", "{flush = true}", "{flush = true",
                    "calls.toml:9: Unclosed inline table (at line 9, column 36)")

    def test_rows_out_of_order(self):
        self.expect("calls.toml", "glBindTexture ", "glZero = {sync = true}\nglBindTexture ",
                    "calls.toml:3: glBindTexture stands after glZero: keep the rows sorted")

    def test_a_row_for_a_command_that_is_not_carried(self):
        self.expect("calls.toml", "glFlush ", "glFinish            = {sync = true}\nglFlush ",
                    "calls.toml:9: glFinish: neither a carried version nor an extension of "
                    "extensions.txt has this command")

    def test_a_row_for_a_parameter_that_is_not_there(self):
        self.expect("calls.toml", 'null = "length"', 'null = "log"',
                    "calls.toml:11: glGetShaderInfoLog: null: the command has no parameter 'log'")

    def test_null_for_a_parameter_that_is_no_pointer(self):
        self.expect("calls.toml", 'null = "length"', 'null = "bufSize"',
                    "calls.toml:11: glGetShaderInfoLog: null: 'bufSize' is no pointer on the wire")

    def test_a_size_that_is_missing(self):
        self.expect("calls.toml",
                    'glGetTexParameteriv = {size = {params = "tex_parameter(pname)"}}\n', "",
                    "gl.xml:68: GL_ES_VERSION_2_0: glGetTexParameteriv: parameter 'params' has "
                    "length COMPSIZE(pname) in the registry: add to calls.toml: "
                    'glGetTexParameteriv = {size = {params = "…"}}')

    def test_all_that_is_missing_is_said_at_once(self):
        self.expect("calls.toml", 'glGenTextures       = {guest = "custom"}\n'
                    'glGetShaderInfoLog  = {null = "length"}\n'
                    'glGetString         = {guest = "local"}\n', "",
                    "gl.xml:52: GL_ES_VERSION_2_0: glGenTextures: the guest names the objects: "
                    'say guest = "custom"\n'
                    "gl.xml:64: GL_ES_VERSION_2_0: glGetString: no wire form for a result of type "
                    'const GLubyte *: say guest = "local" and carry it by a private command')

    def test_a_size_that_is_missing_in_an_extension(self):
        self.expect("calls.toml",
                    'glObjectLabelKHR    = {size = {label = "text(length)"}, null = "label"}\n', "",
                    "extensions.txt:3: GL_KHR_debug: glObjectLabelKHR: parameter 'label' has "
                    "no length in the registry: add to calls.toml: "
                    'glObjectLabelKHR = {size = {label = "…"}}')

    def test_a_size_function_that_is_not_there(self):
        self.expect("calls.toml", "tex_parameter(pname)", "texture(pname)",
                    "calls.toml:13: glGetTexParameteriv: size of 'params': no function 'texture'; "
                    "there are clear_buffer, get, image, indices, one, program_parameter, "
                    "tex_parameter, vertex_attrib")

    def test_a_size_function_with_too_few_arguments(self):
        self.expect("calls.toml", "image(format, type, width, height, 1)", "image(format, type)",
                    "calls.toml:15: glTexSubImage2D: size of 'pixels': image() takes 5 arguments, "
                    "not 2")

    def test_a_size_function_of_an_argument_that_is_not_there(self):
        self.expect("calls.toml", "tex_parameter(pname)", "tex_parameter(name)",
                    "calls.toml:13: glGetTexParameteriv: size of 'params': the command has no "
                    "parameter 'name'")

    def test_a_size_that_cannot_be_read(self):
        self.expect("calls.toml", "tex_parameter(pname)", "pname + 1",
                    "calls.toml:13: glGetTexParameteriv: size of 'params': cannot read "
                    '"pname + 1"')

    def test_names_made_without_the_guest(self):
        self.expect("calls.toml", 'glGenTextures       = {guest = "custom"}\n', "",
                    "gl.xml:52: GL_ES_VERSION_2_0: glGenTextures: the guest names the objects: "
                    'say guest = "custom"')

    def test_a_result_that_cannot_travel(self):
        self.expect("calls.toml", 'glGetString         = {guest = "local"}\n', "",
                    "gl.xml:64: GL_ES_VERSION_2_0: glGetString: no wire form for a result of type "
                    'const GLubyte *: say guest = "local" and carry it by a private command')

    def test_a_size_that_the_generated_replay_cannot_know(self):
        self.expect("calls.toml", 'params = "tex_parameter(pname)"', 'params = "argument"',
                    "calls.toml:13: glGetTexParameteriv: parameter 'params' has a size that only "
                    'hand-written code knows: say host = "custom"')

    def test_an_extension_that_the_registry_does_not_know(self):
        self.expect("extensions.txt", "GL_KHR_debug", "GL_KHR_debugg",
                    "extensions.txt:3: the registry has no extension GL_KHR_debugg: a typing "
                    "error, or say 'unregistered' after it")

    def test_extensions_out_of_order(self):
        self.expect("extensions.txt", "GL_KHR_debug", "GL_ARM_thing unregistered",
                    "extensions.txt:3: GL_ARM_thing after GL_EXT_of_the_future: keep them sorted")

    def test_a_word_after_an_extension(self):
        self.expect("extensions.txt", "unregistered", "later",
                    "extensions.txt:2: 'later' after a name: only 'unregistered'")

    def test_a_command_without_a_number(self):
        self.expect("opcodes.txt", "19 glWaitSync\n", "",
                    "opcodes.txt:19: glWaitSync has no number: append it (main.py --assign does)")

    def test_a_gap_in_the_ledger(self):
        self.expect("opcodes.txt", "3 glBufferData\n", "",
                    "opcodes.txt:4: number 4, but 3 is next")

    def test_a_command_with_two_numbers(self):
        self.expect("opcodes.txt", "3 glBufferData", "3 glBindTexture",
                    "opcodes.txt:4: glBindTexture has number 2 already")

    def test_a_line_of_the_ledger_that_is_none(self):
        self.expect("opcodes.txt", "3 glBufferData", "glBufferData 3",
                    "opcodes.txt:4: a line is NUMBER NAME")

    def test_broken_xml(self):
        self.expect("xenglass.xml", "</commands>", "</command>",
                    "xenglass.xml:7: not well-formed: mismatched tag: line 7, column 3")

    def test_a_type_without_a_wire_form(self):
        self.expect("xenglass.xml", "uint32_t <name>error", "GLhandle <name>error",
                    "xenglass.xml:5: XG_GL: xgError: parameter 'error': no wire form for type "
                    "GLhandle")


class RealInput(unittest.TestCase):
    """The project's own tables against the whole registry."""

    @classmethod
    def setUpClass(cls):
        sys.path.insert(0, str(arguments.generator))
        import main  # the generator's
        import registry
        cls.registry = registry.load(registry.Registry(), str(arguments.registry))
        cls.model = main.build_model(str(arguments.registry), str(arguments.protocol))
        cls.calls = {call.name: call for call in cls.model.calls}
        cls.names = {name: call.name for call in cls.model.calls
                     for name in (call.name, *call.aliases)}

    def test_every_command_of_a_carried_version_is_carried(self):
        for version, count in (("GL_ES_VERSION_2_0", 142), ("GL_ES_VERSION_3_0", 104),
                               ("GL_ES_VERSION_3_1", 68)):
            commands = self.registry.features[version]
            self.assertEqual(len(commands), count)
            self.assertEqual([name for name in commands if name not in self.names], [])

    def test_a_command_has_one_implementation(self):
        """Two names that the registry says are one lead to one, but for those of old."""
        self.assertEqual(self.names["glBindVertexArray"], "glBindVertexArrayOES")
        self.assertEqual(self.names["glTexImage3D"], "glTexImage3DOES")
        for call in self.model.calls:
            for name in call.aliases:
                self.assertNotIn(name, self.calls)
                self.assertNotIn(name, self.model.opcodes)

    def test_a_version_wants_all_its_commands_of_the_host(self):
        lengths = {version.number: version.ledger_length for version in self.model.versions}
        self.assertEqual(sorted(lengths), [20, 30, 31, 32])
        self.assertEqual(lengths[30], self.model.opcodes["xgGetUniformIndices"])

    def test_every_command_of_an_advertised_extension_is_carried(self):
        for extension in self.model.extensions:
            for name in self.registry.extensions.get(extension.name, []):
                self.assertIn(name, self.names, extension.name)

    def test_commands_that_return_something_wait(self):
        for call in self.model.wire_calls:
            if call.outputs or call.result_type != "void":
                self.assertTrue(call.is_sync, call.name)

    def test_only_named_commands_wait_for_nothing(self):
        waiting = [call.name for call in self.model.wire_calls
                   if call.is_sync and not call.outputs and call.result_type == "void"]
        self.assertEqual(waiting, ["glFinish"])

    def test_a_name_of_an_object_is_translated(self):
        """Every GLuint that is no class in the registry is no name: the exceptions are these."""
        plain = set()
        for call in self.model.wire_calls:
            for f in call.fields:
                if call.name.startswith("gl") and f.type == "GLuint" and not f.object_class:
                    plain.add(f.name)
        self.assertLessEqual(plain, {
            "index", "mask", "count", "id", "name", "object", "bufSize", "sampleMask", "divisor",
            "unit", "uniformBlockBinding", "uniformBlockIndex", "v0", "v1", "v2", "v3", "x", "y",
            "z", "w", "buf", "srcName", "dstName", "attribindex", "bindingindex", "maskNumber",
            "num_groups_x", "num_groups_y", "num_groups_z", "relativeoffset", "color",
            "colorNumber", "first", "baseinstance", "minlevel", "numlevels", "minlayer",
            "numlayers", "v"})

    def test_a_row_says_that_names_are_shared(self):
        call = next(c for c in self.model.calls if c.name == "glCopyImageSubDataEXT")
        self.assertTrue(call.is_ordered)

    def test_a_command_without_a_number_or_a_row_is_carried_under_its_first_name(self):
        call = next(c for c in self.model.calls if c.name == "glPatchParameteriEXT")
        self.assertIn("glPatchParameteriOES", call.aliases)

    def test_members_are_naturally_aligned(self):
        for call in self.model.wire_calls:
            for f in call.fields:
                width = 8 if f.wire in ("u64", "i64") else 4
                self.assertEqual(f.offset % width, 0, f"{call.name}.{f.name}")
            self.assertEqual(call.size % 8, 0, call.name)

    def test_the_ledger_only_grows(self):
        """ledger.txt has, for lengths that the ledger once had, the hash of that many lines."""
        lines = [f"{number} {name}\n" for name, number in self.model.opcodes.items()]
        known = [line.split() for line in (HERE / "ledger.txt").read_text().splitlines()
                 if not line.startswith("#")]
        for length, digest in known:
            text = "".join(lines[: int(length)])
            self.assertEqual(hashlib.sha256(text.encode()).hexdigest(), digest,
                             f"one of the first {length} lines of opcodes.txt has changed")
        text = "".join(lines)
        self.assertEqual(int(known[-1][0]), len(lines), "add to ledger.txt: "
                         f"{len(lines)} {hashlib.sha256(text.encode()).hexdigest()}")


def main():
    global arguments
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("generator", "protocol", "registry"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--update", action="store_true", help="write the golden files anew")
    arguments, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)


if __name__ == "__main__":
    main()
