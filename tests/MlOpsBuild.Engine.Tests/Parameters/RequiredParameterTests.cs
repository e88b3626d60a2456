using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class RequiredParameterTests : IDisposable
{
    private readonly TestRun _run = new();

    internal interface IHazZone : INukeBuild
    {
        [Parameter("Where it runs"), Required] string? Zone => TryGetValue(() => Zone);
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Missing_ones_end_the_build_all_at_once_and_say_where_they_may_come_from()
    {
        (await _run.RunAsync(new Sample(), "Go")).ShouldBe(2);

        _run.Errors.ShouldBe(
            [
                "--user is required; environment: MLOPS_USER.",
                "--zone is required (Where it runs); environment: MLOPS_ZONE.",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Blank_one_is_missing()
    {
        await _run.RunAsync(new Sample(), "Go", "--user", " ", "--zone", "eu");

        _run.Errors.ShouldBe(["--user is required; environment: MLOPS_USER."]);
    }

    [Fact]
    public async Task Given_and_initialised_ones_are_not_missing() =>
        (await _run.RunAsync(new Sample(), "Go", "--user", "me", "--zone", "eu")).ShouldBe(0);

    [Fact]
    public async Task Any_source_will_do()
    {
        _run.Environment["MLOPS_USER"] = "me";
        _run.Write(".nuke/parameters.json", """{ "zone": "eu" }""");

        (await _run.RunAsync(new Sample(), "Go")).ShouldBe(0);
    }

    [Fact]
    public async Task Everything_else_that_is_wrong_is_told_with_them()
    {
        await _run.RunAsync(new Sample(), "Nowhere", "--user", "me", "--epochs", "many", "--nosuch");

        _run.Errors.Count().ShouldBe(4);
    }

    private sealed class Sample : NukeBuild, IHazZone
    {
        [Parameter, Required] public string? User { get; private set; }

        [Parameter, Required] public string Mode { get; private set; } = "fast";

        [Parameter, Required, Optional] public string? Note { get; private set; }

        [Parameter] public int Epochs { get; private set; }

        public Target Go => _ => _.Executes(() => { });
    }
}
