using System.Diagnostics;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;

namespace MlOpsBuild.Delivery.Deployments.Tests;

/// <summary>
/// A build that is killed after any step of a rollback, of a promotion or of what comes before one, and any command that comes next: what
/// was decided stays decided, traffic and records agree, and nothing is ever resolved towards a version that was taken away.
/// </summary>
[Collection(nameof(DeploymentCollection))]
[Trait("Category", "Nightly")]
public sealed class SuddenDeathTests(InstalledServer installed) : IDisposable
{
    private readonly LocalWorld _world = new(installed.Program);

    /// <summary>Steps of a change of traffic.</summary>
    public static TheoryData<string, string> Cases { get; } = All(step => step >= TrafficStep.IntentWritten);

    /// <summary>Steps of a deployment before it changes for whom its version serves.</summary>
    public static TheoryData<string, string> Before { get; } = All(step => step < TrafficStep.IntentWritten);

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_rollback_that_was_begun_is_finished_by_whatever_comes_next(string died, string next)
    {
        var first = await _world.PutInPlaceAsync(1);
        var bad = await _world.PutInPlaceAsync(2);
        await DieAsync("rollback", died);
        var open = await OpenAsync();
        var heard = new Heard();

        var outcome = await NextAsync(next, next == "deploy the other" ? first : bad, heard);

        (open != null).ShouldBe(died != nameof(TrafficStep.IntentClosed), open);
        heard.Lines
            .Any(line => line.StartsWith(
                "the rollback from v2 to v1 by on call had been cut short (complaints): finished", StringComparison.Ordinal))
            .ShouldBe(open != null && next != "look");
        if (next == "deploy")
        {
            outcome.ShouldBe("v2 was refused before");
        }

        await AgreesAsync(1, next);
        (await AuditedAsync("rollback"))
            .ShouldBe(next == "look" && died != nameof(TrafficStep.Audited) && died != nameof(TrafficStep.IntentClosed) ? 0 : 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_promotion_stands_once_traffic_has_moved_and_is_undone_before(string died, string next)
    {
        var first = await _world.PutInPlaceAsync(1);
        await DieAsync("promote", died);
        var open = await OpenAsync();
        var moved = died != nameof(TrafficStep.IntentWritten);
        var version = (await _world.Store.Versions("Tiny").AllAsync(CancellationToken.None))[1];
        var heard = new Heard();

        await NextAsync(next, next == "deploy the other" || !moved ? first : version, heard);

        (open != null).ShouldBe(died != nameof(TrafficStep.IntentClosed), open);
        if (next is "deploy" || (next == "deploy the other" && !moved))
        {
            await AgreesAsync(moved ? 2 : 1, next);
        }

        if (open != null && next != "look")
        {
            heard.Lines.ShouldContain(line => line.Contains(moved ? "finished" : "undone, v1 stays", StringComparison.Ordinal));
        }

        if (next != "look")
        {
            (await AuditedAsync("deploy", "v2")).ShouldBe(moved ? 1 : 0);
            (await OpenAsync()).ShouldBeNull();
        }
    }

    /// <summary>Servers that were started and not written down were orphans, and an unjudged canary kept its share.</summary>
    [Theory]
    [MemberData(nameof(Before))]
    public async Task A_version_whose_build_ended_before_its_verdict_serves_nobody_and_leaves_no_process(string died, string next)
    {
        var first = await _world.PutInPlaceAsync(1);
        var version = await _world.RegisterAsync(2);
        await DieAsync("deploy", died);

        var outcome = await NextAsync(next, next == "deploy the other" ? first : version, new());

        if (next == "roll back")
        {
            outcome.ShouldBe(died == nameof(TrafficStep.OnTrial) ? null : "There is no version to go back to");
        }

        await DeliveryWorld.UntilAsync(async () => (await _world.ObserveAsync()).Routes?.Canary == null);
        var observed = await _world.ObserveAsync();
        (observed.Serving?.Version, await _world.AskAsync()).ShouldBe(next == "deploy" ? (2, "2") : (1, "1"));

        // What was begun is known by its folder, and the next deployment ends it.
        LocalWorld.PidsOf(Path.Combine(_world.Folder.Path, "servers")).Order()
            .ShouldBe(observed.Servers.Select(server => server.Instance.Pid).Order());
        if (next.StartsWith("deploy", StringComparison.Ordinal))
        {
            observed.Servers.Select(server => server.Instance.Version).Order().ShouldBe(next == "deploy" ? [1, 2] : [1]);
        }
    }

    private static TheoryData<string, string> All(Func<TrafficStep, bool> which)
    {
        var cases = new TheoryData<string, string>();
        foreach (var step in Enum.GetValues<TrafficStep>().Where(which).Select(step => step.ToString()))
        {
            foreach (var next in (string[])["deploy", "deploy the other", "roll back", "look"])
            {
                cases.Add(step, next);
            }
        }

        return cases;
    }

    private async Task DieAsync(string what, string after)
    {
        using var build = Process.Start(new ProcessStartInfo(
            DotnetHost.Path, [typeof(Program).Assembly.Location, what, _world[""].TrimEnd('/'), installed.Program.Folder, after]))!;
        await build.WaitForExitAsync();
        build.ExitCode.ShouldBe(137);
    }

    private async Task<string?> OpenAsync() =>
        await new Settlement(_world.Store, "Tiny", _world.Environment, TimeProvider.System)
            .OpenAsync(await _world.Environment.ObserveAsync(CancellationToken.None), CancellationToken.None);

    private async Task<string?> NextAsync(string next, Store.Versions.ModelVersion version, Heard heard)
    {
        try
        {
            if (next == "roll back")
            {
                await _world.RollBackAsync(progress: heard);
            }
            else if (next != "look")
            {
                await _world.DeployAsync(version, progress: heard);
            }

            return null;
        }
        catch (FindingsException refusal)
        {
            return refusal.Summary;
        }
    }

    private async Task AgreesAsync(int version, string next)
    {
        var observed = await _world.ObserveAsync();
        var champion = await _world.Store.Versions("Tiny").ResolveAsync(EnvironmentAlias.Champion, CancellationToken.None);
        if (next == "look")
        {
            return;
        }

        (observed.Serving?.Version, champion?.Number, observed.Routes!.Canary).ShouldBe((version, version, null));
        (await _world.AskAsync()).ShouldBe($"{version}");
    }

    private async Task<int> AuditedAsync(string action, string? to = null) =>
        (await _world.Store.Audit.ReadAsync(CancellationToken.None))
            .Count(entry => entry.Action == action && (to == null || entry.Details.GetValueOrDefault("to") == to));
}
