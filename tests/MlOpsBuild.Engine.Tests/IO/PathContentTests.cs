using System.Text;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.IO.Tests;

public sealed class PathContentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AbsolutePath _file;

    public PathContentTests() => _file = AbsolutePath.Create(_folder["sub/a.txt"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("text", null, "text\n")]
    [InlineData("text\n\n", null, "text\n")]
    [InlineData("text", false, "text")]
    [InlineData("text\n\n", false, "text\n\n")]
    public void Text_ends_with_one_line_break_unless_said(string content, bool? lineBreak, string written)
    {
        _file.WriteAllText(content, eofLineBreak: lineBreak);

        _file.ReadAllText().ShouldBe(written);
    }

    [Fact]
    public void Text_is_utf8_without_a_mark()
    {
        _file.WriteAllText("ü");

        _file.ReadAllBytes().ShouldBe([0xC3, 0xBC, 0x0A]);
    }

    [Fact]
    public void Other_encoding_is_used_both_ways()
    {
        _file.WriteAllText("ü", Encoding.Latin1);

        _file.ReadAllBytes().ShouldBe([0xFC, 0x0A]);
        _file.ReadAllText(Encoding.Latin1).ShouldBe("ü\n");
    }

    [Fact]
    public void Lines_come_back_as_they_were()
    {
        _file.WriteAllLines(["a", "", "b"]);

        _file.ReadAllLines().ShouldBe(["a", "", "b"]);
        _file.AppendAllLines(["c"]);
        _file.ReadAllLines().ShouldBe(["a", "", "b", "c"]);
    }

    [Fact]
    public void Appending_makes_what_is_not_there()
    {
        _file.AppendAllText("a").AppendAllText("b");

        _file.ReadAllText().ShouldBe("ab");
    }

    [Fact]
    public void Update_changes_the_text_and_nothing_else()
    {
        _file.WriteAllText("version 1", eofLineBreak: false);

        _file.UpdateText(text => text.Replace('1', '2')).ReadAllText().ShouldBe("version 2");
    }

    [Fact]
    public void Replacing_leaves_no_other_file()
    {
        _file.WriteAllText("one").WriteAllText("two");

        _file.Parent!.GetFiles().ShouldBe([_file]);
        _file.ReadAllText().ShouldBe("two\n");
    }

    [Fact]
    public void Hash_of_a_file_is_that_of_its_bytes()
    {
        _file.WriteAllText("abc", eofLineBreak: false);

        _file.GetFileHash().ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    [Fact]
    public void Hash_of_a_folder_is_that_of_names_and_contents_wherever_it_is()
    {
        var (one, two) = (AbsolutePath.Create(_folder["one"]), AbsolutePath.Create(_folder["two"]));
        foreach (var folder in (AbsolutePath[])[one, two])
        {
            (folder / "a.txt").WriteAllText("a");
            (folder / "sub" / "b.txt").WriteAllText("b");
        }

        two.GetDirectoryHash().ShouldBe(one.GetDirectoryHash());
        (two / "sub" / "b.txt").Rename("c.txt");
        two.GetDirectoryHash().ShouldNotBe(one.GetDirectoryHash());
        two.GetDirectoryHash(file => file.Name == "a.txt").ShouldBe(one.GetDirectoryHash(file => file.Name == "a.txt"));
    }

    [Fact]
    public void Hash_of_files_does_not_depend_on_their_order()
    {
        var (a, b) = (AbsolutePath.Create(_folder["a"]).WriteAllText("a"), AbsolutePath.Create(_folder["b"]).WriteAllText("b"));

        ((AbsolutePath[])[b, a]).GetFileSetHash(_folder.Path).ShouldBe(((AbsolutePath[])[a, b]).GetFileSetHash(_folder.Path));
    }
}
