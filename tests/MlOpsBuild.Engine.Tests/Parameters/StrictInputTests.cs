using System.ComponentModel;
using System.Globalization;
using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Parameters.Tests;

/// <summary>No value is dropped, turned round, or the end of the process.</summary>
public sealed class StrictInputTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly Sample _build = new();

    [ParameterPrefix("Registry")]
    internal interface IHazRegistry : INukeBuild
    {
        [Parameter] string? Home => TryGetValue(() => Home);
    }

    internal interface IHazCount : INukeBuild
    {
        [Parameter] int Count => TryGetValue<int>(() => Count);
    }

    public void Dispose() => _run.Dispose();

    // Today --no-force=yes turns it on.
    [Theory]
    [InlineData("yes")]
    [InlineData("1")]
    [InlineData("on")]
    public async Task Negated_switch_with_a_word_of_agreement_is_off(string word)
    {
        await _run.RunAsync(_build, "Go", $"--no-force={word}");

        _build.Force.ShouldBeFalse();
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("Go", "--help")]
    [InlineData("Go", "--plan")]
    public async Task Help_and_plan_are_shown_though_a_required_parameter_is_missing(params string[] arguments) =>
        (await _run.RunAsync(new Requiring(), arguments)).ShouldBe(0);

    // --registry-home; Home and Path mean something else in many shells.
    [Fact]
    public async Task Bare_member_name_of_a_prefixed_parameter_is_not_read_from_the_environment()
    {
        _run.Environment["Home"] = "/home/me";

        await _run.RunAsync(_build, "Go");

        ((IHazRegistry)_build).Home.ShouldBeNull();
    }

    [Fact]
    public async Task Profile_named_in_the_file_is_read_or_refused()
    {
        _run.Write(".nuke/parameters.json", """{ "profile": "dev" }""");
        _run.Write(".nuke/parameters.dev.json", """{ "force": true }""");

        var code = await _run.RunAsync(_build, "Go");

        (code == 2 || _build.Force).ShouldBeTrue();
    }

    [Fact]
    public async Task Value_type_that_nobody_gives_is_its_default()
    {
        await _run.RunAsync(_build, "Go");

        ((IHazCount)_build).Count.ShouldBe(0);
    }

    [Fact]
    public async Task Converter_that_throws_anything_is_a_problem() => (await _run.RunAsync(_build, "Go", "--odd", "x")).ShouldBe(2);

    [Fact]
    public async Task Parameter_file_that_cannot_be_read_is_a_problem()
    {
        Directory.CreateDirectory(Path.Combine(_run.Root, ".nuke"));
        File.CreateSymbolicLink(Path.Combine(_run.Root, ".nuke", "parameters.json"), "/proc/self/mem");

        (await _run.RunAsync(_build, "Go")).ShouldBe(2);
    }

    [TypeConverter(typeof(OddConverter))]
    internal sealed record Odd;

    private sealed class OddConverter : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            throw new KeyNotFoundException("odd");
    }

    private sealed class Requiring : NukeBuild
    {
        [Parameter, Required] public string? Zone { get; private set; }

        public Target Go => _ => _.Executes(() => { });
    }

    private sealed class Sample : NukeBuild, IHazRegistry, IHazCount
    {
        [Parameter] public bool Force { get; private set; }

        [Parameter] public Odd? Odd { get; private set; }

        public Target Go => _ => _.Executes(() => { });
    }
}
