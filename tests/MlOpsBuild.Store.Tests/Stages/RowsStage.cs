using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Stages.Tests;

/// <summary>A stage that counts its runs and lets a test step in after the first file is written.</summary>
internal sealed class RowsStage : Stage<RowsInput, RowsResult>
{
    private int _runs;

    public int Runs => _runs;

    public Func<Task> During { get; init; } = () => Task.CompletedTask;

    public override int Version => Raised ?? base.Version;

    public int? Raised { get; init; }

    public override string Name => "rows";

    public override IReadOnlyList<StageInput> Key(RowsInput input) =>
    [
        new("rows", input.Rows.ToString(CultureInfo.InvariantCulture), input.Rows.ToString(CultureInfo.InvariantCulture)),
        new("contract", input.Contract),
    ];

    public override async Task<RowsResult> RunAsync(
        RowsInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _runs);
        Directory.EnumerateFileSystemEntries(outputDirectory).ShouldBeEmpty();
        await File.WriteAllTextAsync(Path.Combine(outputDirectory, "rows.csv"), $"{input.Rows} rows", cancellationToken);
        await During();
        await File.WriteAllTextAsync(Path.Combine(outputDirectory, "contract.json"), input.Contract, cancellationToken);
        return new(
            input.Rows, 1.0 / 3, double.NaN, [0.1, -0.0, double.MaxValue],
            new Dictionary<string, Digest?> { ["rows"] = Digest.Of("rows"), ["none"] = null },
            new(2026, 11, 21, 12, 0, 0, 1, TimeSpan.FromHours(2)), Verdict.Inconclusive, null, "Grüße „ \"\n→ 👋");
    }
}
