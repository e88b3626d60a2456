namespace MlOpsBuild.Engine.Tests;

public sealed class AbsolutePathTests
{
    private static readonly string Base = Path.Combine(Path.GetTempPath(), "base");
    private static readonly AbsolutePath Folder = Base!;

    [Fact]
    public void Slash_goes_down() => ((string)(Folder / "a" / "b.txt")!).ShouldBe(Path.Combine(Base, "a", "b.txt"));

    [Fact]
    public void Two_dots_go_up() => (Folder / "a" / "..").ShouldBe(Folder);

    [Fact]
    public void Path_is_normalised()
    {
        AbsolutePath untidy = Path.Combine(Base, ".", "a", "..") + Path.DirectorySeparatorChar;

        untidy.ShouldBe(Folder);
        untidy.GetHashCode().ShouldBe(Folder.GetHashCode());
        untidy.ToString().ShouldBe(Base);
    }

    [Fact]
    public void Different_paths_differ() => (Folder / "a").ShouldNotBe(Folder / "b");

    [Theory]
    [InlineData("relative/path")]
    [InlineData("")]
    public void Relative_path_is_refused(string path) =>
        Should.Throw<ArgumentException>(() => (AbsolutePath)path!).Message.ShouldContain($"'{path}' must be rooted");

    [Fact]
    public void Null_stays_null()
    {
        ((AbsolutePath?)(string?)null).ShouldBeNull();
        ((string?)(AbsolutePath?)null).ShouldBeNull();
    }

    [Fact]
    public void Name_and_parent_are_the_two_halves()
    {
        (Folder / "a.txt").Name.ShouldBe("a.txt");
        (Folder / "a.txt").Parent.ShouldBe(Folder);
    }

    [Fact]
    public void Root_has_no_parent()
    {
        AbsolutePath root = Path.GetPathRoot(Base)!;

        root.Parent.ShouldBeNull();
        root.ToString().ShouldBe(Path.GetPathRoot(Base));
    }
}
