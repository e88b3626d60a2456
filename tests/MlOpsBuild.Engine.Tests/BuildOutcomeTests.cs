using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.Tests;

/// <summary>A build run inside a test, with nothing of the process around it.</summary>
public sealed class BuildOutcomeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Outcome_has_code_output_and_targets_in_their_order()
    {
        var outcome = await BuildHost.RunAsync<Sample>(["Train", "--zone", "eu"], _folder.Path);

        outcome.ExitCode.ShouldBe(0);
        outcome.Output.ShouldContain("zone eu, build server False\n");
        outcome.Targets.Select(target => (target.Name, target.Status))
            .ShouldBe([("Data", ExecutionStatus.Succeeded), ("Train", ExecutionStatus.Succeeded)]);
    }

    [Fact]
    public async Task Refused_build_has_no_targets()
    {
        var outcome = await BuildHost.RunAsync<Sample>(["Nowhere"], _folder.Path);

        outcome.ExitCode.ShouldBe(2);
        outcome.Targets.ShouldBeEmpty();
        outcome.Output.ShouldStartWith("Error: Unknown target 'Nowhere'.");
    }

    [Fact]
    public async Task Environment_is_the_one_given_and_no_other()
    {
        var alone = await BuildHost.RunAsync<Sample>(["Train"], _folder.Path);
        var given = await BuildHost.RunAsync<Sample>(
            ["Train"], _folder.Path, new Dictionary<string, string> { ["MLOPS_ZONE"] = "us", ["CI"] = "true" });

        alone.Output.ShouldContain("zone none, build server False\n");
        given.Output.ShouldContain("zone us, build server True\n");
    }

    [Fact]
    public async Task Defaults_run_when_nothing_is_named()
    {
        var outcome = await BuildHost.RunAsync<Sample>([], _folder.Path, defaults: [x => x.Data]);

        outcome.Targets.Single().IsDefault.ShouldBeTrue();
        outcome.Targets.Single().Invoked.ShouldBeTrue();
    }

    [Fact]
    public async Task Clock_is_the_one_given()
    {
        var time = new ManualTime();

        var outcome = await BuildHost.RunAsync<Sample>(["Waiting"], _folder.Path, time: time);

        outcome.Targets.Single().Duration.ShouldBe(TimeSpan.FromDays(3));
    }

    [Fact]
    public async Task Token_stops_it_as_the_keyboard_would()
    {
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();

        var outcome = await BuildHost.RunAsync<Sample>(["Train"], _folder.Path, cancellationToken: stopping.Token);

        outcome.ExitCode.ShouldBe(1);
        outcome.Targets.ShouldAllBe(target => target.Status == ExecutionStatus.NotRun);
    }

    [Fact]
    public async Task Build_that_cannot_be_made_says_why()
    {
        var outcome = await BuildHost.RunAsync<Unmade>([], _folder.Path);

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldStartWith("Error: Unmade could not be made: ");
        outcome.Output.ShouldContain("no licence");
    }

    [Fact]
    public async Task Initialisers_may_ask_for_the_root() =>
        (await BuildHost.RunAsync<Sample>(["Rooted"], _folder.Path)).Output.ShouldContain($"initialised in {_folder.Path}\n");

    private sealed class Sample : NukeBuild
    {
        private readonly AbsolutePath _root = RootDirectory;

        [Parameter] public string Zone { get; private set; } = "none";

        public Target Data => _ => _.Executes(() => { });

        public Target Train => _ => _.DependsOn(Data).Executes(() => Context.Console.Line($"zone {Zone}, build server {IsServerBuild}"));

        public Target Waiting => _ => _.Executes(() => Task.Delay(TimeSpan.FromDays(3), Context.Time, StoppingOf(this)));

        public Target Rooted => _ => _.Executes(() => Context.Console.Line($"initialised in {_root}"));
    }

    private sealed class Unmade : NukeBuild
    {
        public Unmade() => throw new IOException("no licence");
    }
}
