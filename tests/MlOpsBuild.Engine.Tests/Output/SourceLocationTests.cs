using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.Output.Tests;

public sealed class SourceLocationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SourceLocationTests()
    {
        Directory.CreateDirectory(_folder["data/in"]);
        File.WriteAllText(_folder["data/in/hours.csv"], "");
        File.WriteAllText(_folder["settings.json"], "");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("data/in/hours.csv:17: 'cnt' is -1", "data/in/hours.csv", 17)]
    [InlineData("broken (settings.json:3)", "settings.json", 3)]
    [InlineData("none.csv:1, then settings.json:2, then data/in/hours.csv:3", "settings.json", 2)]
    [InlineData("./data/../settings.json:4", "settings.json", 4)]
    public void Place_a_message_names_is_found_when_the_file_is_there(string message, string file, int line) =>
        SourceLocation.Of(new IOException(message), _folder.Path).ShouldBe(new SourceLocation(file, line));

    [Theory]
    [InlineData("none.csv:17")]
    [InlineData("settings.json")]
    [InlineData("settings.json:x")]
    [InlineData("at 12:30")]
    [InlineData("/etc/hostname.conf:1")]
    [InlineData("../settings.json:1")]
    [InlineData("data/in:3")]
    [InlineData("")]
    public void Other_messages_name_none(string message) => SourceLocation.Of(new IOException(message), _folder.Path).ShouldBeNull();

    [Fact]
    public void Absolute_path_below_the_root_is_told_relative_to_it() =>
        SourceLocation.Of(new IOException($"{_folder["settings.json"]}:5"), _folder.Path).ShouldBe(new SourceLocation("settings.json", 5));

    /// <summary>A cell of 100 kB took 20 s, one of 2 MB never ended.</summary>
    [Theory]
    [InlineData("a", 2_000_000)]
    [InlineData("a.", 1_000_000)]
    [InlineData(" in /", 400_000)]
    [InlineData("/../a.b:", 250_000)]
    public void A_long_message_is_not_searched_to_its_end(string piece, int times)
    {
        var message = string.Concat(Enumerable.Repeat(piece, times));

        SourceLocation.Of(new IOException(message, new IOException(message)), _folder.Path).ShouldBeNull();
        SourceLocation.Of(new IOException("settings.json:3: " + message), _folder.Path).ShouldBe(new SourceLocation("settings.json", 3));
    }

    [Fact]
    public void Otherwise_the_first_of_our_sources_on_the_stack_is_the_place()
    {
        // Deterministic builds write the root as /src/, others the real path.
        var thrown = Should.Throw<IOException>(() => throw new IOException("no place"));
        var frame = thrown.StackTrace!.Split(" in ")[1].Split(":line ")[0];
        var relative = frame.StartsWith("/src/", StringComparison.Ordinal) ? frame["/src/".Length..] : frame;
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[relative])!);
        File.WriteAllText(_folder[relative], "");

        SourceLocation.Of(thrown, Path.IsPathRooted(relative) ? Path.GetPathRoot(relative)! : _folder.Path)
            .ShouldNotBeNull()
            .File.ShouldEndWith("SourceLocationTests.cs");
    }
}
