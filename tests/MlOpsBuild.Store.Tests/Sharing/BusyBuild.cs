using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Stages.Tests;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>A build that writes facts of every kind, shares them now and then, and remembers what it wrote.</summary>
internal sealed class BusyBuild(int number, Machine machine)
{
    private const int Groups = 4;
    private const int BlockLength = 40;
    private readonly SplitMix64 _random = new((ulong)number);
    private readonly List<string> _runs = [];
    private readonly ReportedLines _progress = new();

    // The same folder without the team: what is written with it is shared by the next exchange only.
    private readonly MlOpsStore _alone = MlOpsStore.At(machine.Root, TimeProvider.System);

    public Dictionary<string, int> Runs { get; } = [];

    public List<string> Audited { get; } = [];

    public List<string> Bundles { get; } = [];

    public List<AliasMove> Moves { get; } = [];

    public List<Digest> Blobs { get; } = [];

    public int Attempts { get; private set; }

    /// <summary>Everything that is written, in blocks; each ends with an exchange.</summary>
    public async Task WorkAsync(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            await ((operation % BlockLength) switch
            {
                3 or 23 => RegisterAsync(operation),
                7 or 15 or 27 or 35 => RunStageAsync(operation),
                BlockLength - 1 when operation / BlockLength % 2 == number % 2 => MoveAsync(operation),
                BlockLength - 1 => ShareAsync(operation),
                var turn when turn % 4 == 1 => AuditAsync(operation),
                var turn when turn % 4 == 2 && _runs.Count > 0 => UpdateRunAsync(operation),
                _ => SaveRunAsync(operation),
            });
        }

        Attempts += machine.Team.TakeReports().Sum(report => report.Attempts);
    }

    private async Task SaveRunAsync(int operation)
    {
        var id = await machine.SaveRunAsync(operation);
        _runs.Add(id);
        Runs[id] = operation;
    }

    private async Task UpdateRunAsync(int operation)
    {
        var id = _runs[(int)(_random.NextDouble() * _runs.Count)];
        await machine.SaveRunAsync(id, operation);
        Runs[id] = operation;
    }

    private async Task AuditAsync(int operation)
    {
        var reason = Name(operation);
        await machine.AuditAsync(reason);
        Audited.Add(reason);
    }

    private async Task RegisterAsync(int operation)
    {
        var bundle = Name(operation);
        await _alone.Versions(Machine.Pipeline).RegisterAsync(
            next => new(next, Digest.Of(bundle), Digest.Of("model"), "run", DateTimeOffset.UnixEpoch, false, null), Digest.Of(bundle),
            CancellationToken.None);
        Bundles.Add(bundle);
    }

    private async Task RunStageAsync(int operation)
    {
        var run = await _alone.Stages(Machine.Pipeline)
            .RunAsync(new RowsStage(), new((number * 1000) + operation), _progress, CancellationToken.None);
        Blobs.AddRange(run.Outputs.Values.Select(output => output.Digest));
    }

    private async Task ShareAsync(int operation)
    {
        await AuditAsync(operation);
        var report = await machine.PublishAsync();
        report.Reached.ShouldBeTrue(report.Problem);
    }

    // Moves between builds of the same group contend; who comes too late reads again.
    private async Task MoveAsync(int operation)
    {
        var alias = string.Create(CultureInfo.InvariantCulture, $"group-{number % Groups}");
        while (true)
        {
            var standing = (await machine.Versions.HistoryAsync(alias, CancellationToken.None)) is [.., var last] ? last.To : null;
            var mine = (await machine.Versions.AllAsync(CancellationToken.None))[^1].Number;
            try
            {
                Moves.Add(await machine.Versions.MoveAsync(
                    alias, standing, mine, AliasMoveKind.Promote, Name(number), Name(operation), CancellationToken.None));
                return;
            }
            catch (StageFailedException problem)
                when (problem.Findings.Any(finding => finding.What.Contains("was moved by another build", StringComparison.Ordinal)))
            {
                // Somebody of the group was first.
            }
        }
    }

    private string Name(int operation) => string.Create(CultureInfo.InvariantCulture, $"build {number}, operation {operation}");
}
