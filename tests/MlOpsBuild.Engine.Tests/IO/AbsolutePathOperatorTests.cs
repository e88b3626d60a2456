namespace MlOpsBuild.Engine.IO.Tests;

public sealed class AbsolutePathOperatorTests
{
    private static readonly AbsolutePath Folder = AbsolutePath.Create("/data/my models");

    [Theory]
    [InlineData("d", "\"/data/my models\"")]
    [InlineData("dn", "\"/data/my models\"")]
    [InlineData("s", "'/data/my models'")]
    [InlineData("sn", "'/data/my models'")]
    [InlineData("nq", "/data/my models")]
    [InlineData(null, "/data/my models")]
    public void Path_with_a_blank_is_quoted_as_asked(string? format, string text) => Folder.ToString(format).ShouldBe(text);

    [Theory]
    [InlineData("d", "\"/data\"")]
    [InlineData("dn", "/data")]
    [InlineData("s", "'/data'")]
    [InlineData("sn", "/data")]
    public void Path_without_a_blank_is_quoted_only_when_always_asked(string format, string text) =>
        (Folder / ..).ToString(format).ShouldBe(text);

    [Fact]
    public void Unknown_format_is_refused() =>
        Should.Throw<ArgumentException>(() => Folder.ToString("x")).Message.ShouldStartWith("Format 'x' is unknown: d, dn, s, sn or nq.");

    [Fact]
    public void Range_goes_up()
    {
        (Folder / ..).ShouldBe(AbsolutePath.Create("/data"));
        (Folder / .. / .. / "other").ShouldBe(AbsolutePath.Create("/other"));
    }

    [Fact]
    public void There_is_nothing_above_the_root() =>
        Should.Throw<ArgumentException>(() => AbsolutePath.Create("/") / ..).Message.ShouldStartWith("'/' has no folder above.");

    [Fact]
    public void Other_ranges_mean_nothing() =>
        Should.Throw<ArgumentException>(() => Folder / (1..2)).Message.ShouldStartWith("'1..2' is no step; write '/ ..'.");

    [Fact]
    public void Plus_appends_to_the_last_name() => (Folder + ".bak").Name.ShouldBe("my models.bak");

    [Fact]
    public void Equality_is_that_of_the_path()
    {
        (Folder == AbsolutePath.Create("/data/./my models/")).ShouldBeTrue();
        (Folder != AbsolutePath.Create("/data")).ShouldBeTrue();
        (Folder == null).ShouldBeFalse();
        ((AbsolutePath?)null == null).ShouldBeTrue();
    }

    [Theory]
    [InlineData("/a/model.tar.gz", "model.tar", ".gz")]
    [InlineData("/a/model", "model", "")]
    [InlineData("/a/.hidden", "", ".hidden")]
    public void Name_has_two_parts(string path, string name, string extension)
    {
        AbsolutePath.Create(path).NameWithoutExtension.ShouldBe(name);
        AbsolutePath.Create(path).Extension.ShouldBe(extension);
    }

    [Theory]
    [InlineData("json", "/a/model.json")]
    [InlineData(".json", "/a/model.json")]
    public void Extension_is_replaced_with_or_without_its_dot(string extension, string path) =>
        AbsolutePath.Create("/a/model.bin").WithExtension(extension).ShouldBe(AbsolutePath.Create(path));

    [Theory]
    [InlineData(true, "gz")]
    [InlineData(true, ".tar.gz")]
    [InlineData(true, "zip", "GZ")]
    [InlineData(false, "tar")]
    [InlineData(false, "z")]
    public void Extension_is_compared_in_any_case(bool expected, string extension, params string[] others) =>
        AbsolutePath.Create("/a/model.tar.gz").HasExtension(extension, others).ShouldBe(expected);

    [Fact]
    public void Nearest_folder_above_that_fits_is_found()
    {
        var path = AbsolutePath.Create("/a/b/c/b");

        path.FindParent(folder => folder.Name == "b").ShouldBe(AbsolutePath.Create("/a/b"));
        path.FindParentOrSelf(folder => folder.Name == "b").ShouldBe(path);
        path.FindParent(folder => folder.Name == "x").ShouldBeNull();
        AbsolutePath.Create("/").FindParent(_ => true).ShouldBeNull();
    }

    [Fact]
    public void Dot_folder_begins_with_a_dot()
    {
        AbsolutePath.Create("/a/.git").IsDotDirectory().ShouldBeTrue();
        AbsolutePath.Create("/a/git").IsDotDirectory().ShouldBeFalse();
    }
}
