using System.Diagnostics;
using MlOpsBuild.Components;

/// <summary>A build whose targets hang, start programs and know secrets: what its signals and its children are tested with.</summary>
internal sealed class Build : MlBuild
{
    [Parameter("A token"), Secret] private string? DeployToken { get; }

    [Parameter, Secret] private string[]? Keys { get; }

    public static int Main() => Execute<Build>(build => build.Pass);

    Target Pass => _ => _.Executes(() => Console.WriteLine("passed"));

    Target WaitsForItsToken => _ => _.Executes(this, async (session, ct) =>
    {
        session.Output.Line("waiting");
        await Task.Delay(Timeout.Infinite, ct);
    });

    Target WaitsInItsCleanUp => _ => _.Grace(TimeSpan.FromMinutes(5)).Executes(async () =>
    {
        try
        {
            Console.WriteLine("waiting");
            await Task.Delay(Timeout.Infinite, StoppingOf(this));
        }
        finally
        {
            Console.WriteLine("cleaning up");
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        }
    });

    Target IgnoresItsToken => _ => _.Executes(() =>
    {
        Console.WriteLine("waiting");
        Thread.Sleep(Timeout.Infinite);
    });

    Target StartsAProgram => _ => _.Executes(async () =>
    {
        using var child = Process.Start("bash", ["-c", "sleep 1234 & echo child $!; echo waiting; wait"])!;
        await child.WaitForExitAsync(CancellationToken.None);
    });

    Target CleansUp => _ => _
        .AssuredAfterFailure()
        .After(WaitsForItsToken, IgnoresItsToken, StartsAProgram)
        .Executes(() => Console.WriteLine("cleaned up"));

    Target Later =>
        _ => _.After(WaitsForItsToken, WaitsInItsCleanUp, IgnoresItsToken, StartsAProgram).Executes(() => Console.WriteLine("later"));

    Target TellsItsSecrets => _ => _.Executes(this, async (session, ct) =>
    {
        session.Output.Line($"the token is {DeployToken}");
        session.Output.Table(["Key"], (Keys ?? []).Select(key => new[] { key }));
        session.Output.Progress($"using {DeployToken}");
        session.Note($"deployed with {DeployToken}");
        Console.WriteLine("directly: " + DeployToken);
        await Console.Error.WriteLineAsync("and as an error: " + Keys?[0]);
        using var child = Process.Start("env")!;
        await child.WaitForExitAsync(ct);
        throw new InvalidOperationException($"refused: {DeployToken}");
    });
}
