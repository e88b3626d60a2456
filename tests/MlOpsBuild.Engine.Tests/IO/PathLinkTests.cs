using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.IO.Tests;

public sealed class PathLinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AbsolutePath _root;

    public PathLinkTests() => _root = AbsolutePath.Create(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_that_a_deleted_link_led_to_stays_write_protected()
    {
        (_root / "kept.txt").WriteAllText("a");
        File.SetAttributes(_root / "kept.txt", FileAttributes.ReadOnly);
        File.CreateSymbolicLink(_root / "link", _root / "kept.txt");

        (_root / "link").DeleteFile();

        File.GetAttributes(_root / "kept.txt").HasFlag(FileAttributes.ReadOnly).ShouldBeTrue();
    }

    [Fact]
    public void Hash_of_a_folder_with_a_link_to_itself_ends()
    {
        (_root / "a" / "a.txt").WriteAllText("a");
        Directory.CreateSymbolicLink(_root / "a" / "again", _root / "a");

        (_root / "a").GetDirectoryHash().Length.ShouldBe(64);
    }

    [Fact]
    public void Copy_into_itself_is_refused_before_it_begins()
    {
        (_root / "a" / "a.txt").WriteAllText("a");

        Should.Throw<IOException>(() => (_root / "a").Copy(_root / "a" / "copy"));
        (_root / "a" / "copy").DirectoryExists().ShouldBeFalse();
    }

    // Today the file is lost.
    [Fact]
    public void Move_into_itself_is_refused_and_loses_nothing()
    {
        (_root / "a" / "a.txt").WriteAllText("a");

        Should.Throw<IOException>(() => (_root / "a").Move(_root / "a" / "sub"));
        (_root / "a" / "a.txt").FileExists().ShouldBeTrue();
    }
}
