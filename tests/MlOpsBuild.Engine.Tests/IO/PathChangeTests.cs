using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.IO.Tests;

public sealed class PathChangeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AbsolutePath _root;

    public PathChangeTests() => _root = AbsolutePath.Create(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folder_goes_with_everything_in_it()
    {
        (_root / "a" / "b" / "c.txt").WriteAllText("c");
        File.SetAttributes(_root / "a" / "b" / "c.txt", FileAttributes.ReadOnly);

        (_root / "a").DeleteDirectory();

        (_root / "a").DirectoryExists().ShouldBeFalse();
    }

    [Fact]
    public void What_is_not_there_is_deleted_already()
    {
        (_root / "a").DeleteDirectory();
        (_root / "a").DeleteFile();
        (_root / "a").DirectoryExists().ShouldBeFalse();
    }

    [Fact]
    public void Link_to_a_folder_goes_and_what_it_leads_to_stays()
    {
        (_root / "kept" / "a.txt").WriteAllText("a");
        Directory.CreateSymbolicLink(_root / "link", _root / "kept");
        Directory.CreateSymbolicLink(_root / "holder", _root / "kept").Delete();
        Directory.CreateSymbolicLink((_root / "holder").CreateDirectory() / "link", _root / "kept");

        (_root / "link").DeleteDirectory();
        (_root / "holder").DeleteDirectory();

        (_root / "link").DirectoryExists().ShouldBeFalse();
        (_root / "holder").DirectoryExists().ShouldBeFalse();
        (_root / "kept" / "a.txt").FileExists().ShouldBeTrue();
    }

    [Fact]
    public void Link_to_a_file_goes_and_the_file_stays()
    {
        (_root / "kept.txt").WriteAllText("a");
        File.CreateSymbolicLink((_root / "holder").CreateDirectory() / "link", _root / "kept.txt");

        (_root / "holder").DeleteDirectory();

        (_root / "holder").DirectoryExists().ShouldBeFalse();
        (_root / "kept.txt").ReadAllText().ShouldBe("a\n");
    }

    [Fact]
    public void Cleaning_leaves_an_empty_folder_there_before_or_not()
    {
        (_root / "a" / "b.txt").WriteAllText("b");

        (_root / "a").CreateOrCleanDirectory().GetFiles().ShouldBeEmpty();
        (_root / "new" / "sub").CreateOrCleanDirectory().DirectoryExists().ShouldBeTrue();
    }

    [Fact]
    public void Touched_file_has_its_time_and_keeps_its_text()
    {
        var time = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var file = (_root / "sub" / "a.txt").WriteAllText("a");

        file.TouchFile(time).GetLastWriteTimeUtc().ShouldBe(time);
        file.ReadAllText().ShouldBe("a\n");
        (_root / "other" / "new.txt").TouchFile().FileExists().ShouldBeTrue();
    }

    [Fact]
    public void Files_and_folders_are_found_in_stable_order_down_to_a_depth()
    {
        foreach (var name in (string[])["b.txt", "a.txt", "sub/c.txt", "sub/deep/d.txt", "sub/e.csv"])
        {
            (_root / name).WriteAllText(name);
        }

        Names(_root.GetFiles()).ShouldBe(["a.txt", "b.txt"]);
        Names(_root.GetFiles("*.txt", depth: 2)).ShouldBe(["a.txt", "b.txt", "c.txt"]);
        Names(_root.GetFiles(depth: int.MaxValue)).ShouldBe(["a.txt", "b.txt", "c.txt", "e.csv", "d.txt"]);
        Names(_root.GetDirectories(depth: 2)).ShouldBe(["sub", "deep"]);
        _root.GetFiles(depth: 0).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_there_is_told_apart()
    {
        var file = (_root / "a.txt").WriteAllText("a");

        file.ExistingFile().ShouldBe(file);
        file.ExistingDirectory().ShouldBeNull();
        _root.ExistingDirectory().ShouldBe(_root);
        _root.ExistingFile().ShouldBeNull();
        ((AbsolutePath[])[file, _root, _root / "none"]).WhereFileExists().ShouldBe([file]);
        ((AbsolutePath[])[file, _root, _root / "none"]).WhereDirectoryExists().ShouldBe([_root]);
        _root.ContainsFile("*.txt").ShouldBeTrue();
        _root.ContainsDirectory("*").ShouldBeFalse();
        (_root / "none").ContainsFile("*").ShouldBeFalse();
    }

    private static IEnumerable<string> Names(IEnumerable<AbsolutePath> paths) => paths.Select(path => path.Name);
}
