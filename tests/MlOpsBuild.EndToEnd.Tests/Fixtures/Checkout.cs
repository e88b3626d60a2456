using System.Text.RegularExpressions;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>One checkout with its own runtime folder; what it started ends with it.</summary>
public sealed class Checkout : IAsyncDisposable
{
    /// <summary>The pipeline of this repository.</summary>
    public const string Pipeline = "BikeDemand";

    /// <summary>Leaves out what makes the model good, so that the next version can be better.</summary>
    public const string Weaker = "trees=20";

    internal Checkout(string root, string runtime, Dictionary<string, string> environment) =>
        (Root, Runtime, Environment) = (root, runtime, environment);

    /// <summary>Its folder.</summary>
    public string Root { get; }

    /// <summary>Where its servers keep their state.</summary>
    public string Runtime { get; }

    /// <summary>What its commands see.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>Its store.</summary>
    public MlOpsStore Store => MlOpsStore.At(Root, TimeProvider.System);

    /// <summary>What starts it.</summary>
    /// <value><c>build.sh</c>.</value>
    internal string Script { get => field ?? Path.Combine(Root, "build.sh"); init; }

    /// <summary>Runs <c>./build.sh</c>.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) => RunningCommand.RunAsync(Root, Environment, Script, arguments);

    /// <summary>Changes a file of it; what is changed must be there.</summary>
    /// <param name="path">Below its folder.</param>
    /// <param name="pattern">What is looked for.</param>
    /// <param name="change">What is found → what stands in its place.</param>
    public void Edit(string path, string pattern, Func<string, string> change)
    {
        var file = Path.Combine(Root, path);
        var text = File.ReadAllText(file);
        var edited = Regex.Replace(text, pattern, match => change(match.Value));
        edited.ShouldNotBe(text);
        File.WriteAllText(file, edited);
    }

    /// <summary>Starts <c>./build.sh</c> and leaves it running.</summary>
    public RunningCommand Start(params string[] arguments) => RunningCommand.Start(Root, Environment, Script, arguments);

    /// <summary>Runs a line of shell.</summary>
    public Task<CommandResult> ShellAsync(string line) => RunningCommand.RunAsync(Root, Environment, "bash", "-c", line);

    /// <summary>Runs <c>./build.sh Train Deploy</c>, which must succeed.</summary>
    /// <remarks>
    /// Again where a machine busy with other work made servers slow or left a canary undecided: tests may run beside anything.
    /// </remarks>
    public async Task<CommandResult> DeployAsync(params string[] more) => (await RepeatAsync(Busy, more)).Expect(0);

    /// <summary>Runs <c>./build.sh Train Deploy</c> with whatever end, again where the machine was too slow for the canary.</summary>
    public Task<CommandResult> TryToDeployAsync(params string[] more) => RepeatAsync(Slow, more);

    /// <summary>Deploys a weak first version (v1), then the default model by canary (v2).</summary>
    public async Task<CommandResult> DeployTwiceAsync()
    {
        await DeployAsync("--set", Weaker);
        return await DeployAsync();
    }

    /// <summary>The latest run's record.</summary>
    public async Task<RunRecord> LastRunAsync() => (await Store.Runs.OfAsync(Pipeline, CancellationToken.None))[0];

    /// <summary>Deployment records, newest first.</summary>
    public Task<IReadOnlyList<DeploymentRecord>> DeploymentsAsync() => new DeploymentStore(Store).OfAsync(Pipeline, CancellationToken.None);

    /// <summary>The audit log.</summary>
    public Task<IReadOnlyList<AuditEntry>> AuditAsync() => Store.Audit.ReadAsync(CancellationToken.None);

    /// <summary>The version that should serve.</summary>
    public async Task<int?> ChampionAsync() =>
        (await Store.Versions(Pipeline).ResolveAsync(EnvironmentAlias.Champion, CancellationToken.None))?.Number;

    /// <summary>Process ids of its servers and of its rehearsal traffic, from the system.</summary>
    public IReadOnlyList<int> Processes(string role = "") => ProcessTable.Naming(Path.Combine(Runtime, "mlops-"), role);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        var stopped = await RunAsync("Stop");
        var left = Processes();
        ProcessTable.Kill(left);
        Directory.Delete(Root, recursive: true);
        left.ShouldBeEmpty($"processes outlived ./build.sh Stop:\n{stopped.Output}\n{stopped.Errors}");
    }

    private async Task<CommandResult> RepeatAsync(Func<CommandResult, bool> disturbed, string[] more)
    {
        var result = await RunAsync(["Train", "Deploy", .. more]);
        for (var tries = 1; disturbed(result) && tries < 3; tries++)
        {
            result = await RunAsync(["Train", "Deploy", .. more]);
        }

        return result;
    }

    private static bool Busy(CommandResult result) => result.ExitCode == ExitCodes.Inconclusive || Slow(result);

    private static bool Slow(CommandResult result) =>
        result.ExitCode == ExitCodes.GateSaidNo && result.Output.Contains("'Slow:", StringComparison.Ordinal);
}
