using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.IO.Tests;

public sealed class GlobbingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GlobbingTests()
    {
        foreach (var file in new[]
        {
            "a.cs", "b.txt", "src/c.cs", "src/deep/d.cs", "src/deep/e.csproj", "bin/f.dll", "src/bin/g.dll", "src/x+y.cs"
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
            File.WriteAllText(_folder[file], "");
        }
    }

    private AbsolutePath Root => _folder.Path;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("*.cs", "a.cs")]
    [InlineData("**/*.cs", "a.cs src/c.cs src/deep/d.cs src/x+y.cs")]
    [InlineData("src/**", "src/bin/g.dll src/c.cs src/deep/d.cs src/deep/e.csproj src/x+y.cs")]
    [InlineData("src/?.cs", "src/c.cs")]
    [InlineData("src/**/*.{cs,csproj}", "src/c.cs src/deep/d.cs src/deep/e.csproj src/x+y.cs")]
    [InlineData("**/x+y.cs", "src/x+y.cs")]
    [InlineData("src\\deep\\*.cs", "src/deep/d.cs")]
    [InlineData("SRC/*.cs", "")]
    [InlineData("nothing/**", "")]
    public void Files_are_found_in_order(string pattern, string expected) => Names(Root.GlobFiles(pattern)).ShouldBe(expected);

    [Fact]
    public void Several_patterns_find_each_file_once() => Names(Root.GlobFiles("*.cs", "a.*")).ShouldBe("a.cs");

    [Fact]
    public void Folders_are_found() => Names(Root.GlobDirectories("**/bin")).ShouldBe("bin src/bin");

    [Fact]
    public void A_folder_that_is_not_there_has_nothing() => (Root / "gone").GlobFiles("**").ShouldBeEmpty();

    [Fact]
    public void A_circle_of_links_ends()
    {
        Directory.CreateSymbolicLink(_folder["src/again"], _folder["src"]);

        Names(Root.GlobFiles("**/d.cs")).ShouldBe("src/deep/d.cs");
    }

    [Fact]
    public void The_same_files_give_the_same_archive_and_come_back()
    {
        (Root / "src").ZipTo(Root / "one.zip");
        File.SetLastWriteTimeUtc(_folder["src/c.cs"], new DateTime(2020, 1, 1));
        (Root / "src").ZipTo(Root / "two.zip", file => file.Extension != ".dll");
        (Root / "src").ZipTo(Root / "three.zip");

        File.ReadAllBytes(Root / "three.zip").ShouldBe(File.ReadAllBytes(Root / "one.zip"));
        (Root / "two.zip").UnZipTo(Root / "out");
        Names((Root / "out").GlobFiles("**")).ShouldBe("out/c.cs out/deep/d.cs out/deep/e.csproj out/x+y.cs");
    }

    private string Names(IEnumerable<AbsolutePath> paths) =>
        string.Join(' ', paths.Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')));
}
