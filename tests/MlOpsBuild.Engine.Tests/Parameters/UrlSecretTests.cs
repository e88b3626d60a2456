using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class UrlSecretTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("https://ann:hunter2@git.example/team.git", "hunter2")]
    [InlineData("http://ann:hunter2@127.0.0.1:8080/", "hunter2")]
    [InlineData("ssh://ann:hunter2@git.example/team.git", "hunter2")]
    [InlineData("https://:hunter2@git.example/", "hunter2")]
    [InlineData("https://ann:a:b@git.example/", "a:b")]
    public void A_password_in_an_address_is_found(string address, string password) => UrlSecret.In(address).Distinct().ShouldBe([password]);

    [Fact]
    public void A_password_with_escapes_is_found_as_it_is_written_and_as_it_is_meant() =>
        UrlSecret.In("https://ann:hunter%402@git.example/").ShouldBe(["hunter%402", "hunter@2"]);

    [Theory]
    [InlineData("")]
    [InlineData("git")]
    [InlineData("BikeDemand:v3@local")]
    [InlineData("git@git.example:team.git")]
    [InlineData("https://git.example/team.git")]
    [InlineData("https://git.example/a:b@c")]
    [InlineData("https://ann@git.example/")]
    [InlineData("https://ann:@git.example/")]
    [InlineData("://")]
    [InlineData("C:\\data://x:y@z")]
    public void A_text_without_a_password_has_none(string text) => UrlSecret.In(text).ShouldBeEmpty();

    [Fact]
    public void Any_escaped_password_is_found() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyString>().Filter(password => !password.Get.Any(char.IsSurrogate)),
        password => UrlSecret.In($"https://ann:{Uri.EscapeDataString(password.Get)}@git.example/x")
            .Contains(Uri.EscapeDataString(password.Get)))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("command line")]
    [InlineData("environment")]
    [InlineData("file")]
    public async Task It_is_neither_printed_nor_written_wherever_it_comes_from(string source)
    {
        const string Address = "https://ann:hunter%402@git.example/team.git";
        string[] arguments = source == "command line" ? ["Show", "--remote", Address] : ["Show"];
        _run.Environment[source == "environment" ? "MLOPS_REMOTE" : "OTHER"] = Address;
        _run.Write(".nuke/parameters.json", source == "file" ? $$"""{ "remote": "{{Address}}" }""" : "{}");

        (await _run.RunAsync(new ShowingBuild(), arguments)).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("address https://ann:***@git.example/team.git");
        _run.Output.ShouldContain("password ***");
        foreach (var written in (string[])[_run.Output, _run.Read(".mlops/last-run.json")])
        {
            written.ShouldNotContain("hunter%402");
            written.ShouldNotContain("hunter@2");
        }

        _run.Read(".mlops/last-run.json").ShouldContain("https://ann:***@git.example/team.git");
    }

    [Fact]
    public async Task Of_a_list_every_address_is_masked()
    {
        await _run.RunAsync(new ShowingBuild(), "Show", "--sources", "https://a:first-secret@x/", "plain", "https://b:second-secret@y/");

        var written = _run.Read(".mlops/last-run.json");
        written.ShouldContain("https://a:***@x/");
        written.ShouldContain("plain");
        written.ShouldContain("https://b:***@y/");
        (written + _run.Output).ShouldNotContain("-secret");
    }

    private sealed class ShowingBuild : RecordingBuild
    {
        [Parameter] public string? Remote { get; private set; }

        [Parameter] public string[]? Sources { get; private set; }

        public Target Show => _ => _.Executes(() =>
        {
            Context.Console.Line($"address {Remote} {string.Join(' ', Sources ?? [])}");
            Context.Console.Line("password hunter@2");
        });
    }
}
