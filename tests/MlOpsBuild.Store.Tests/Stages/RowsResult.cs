using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Stages.Tests;

/// <summary>A result with everything that could be lost on the way to the disk and back.</summary>
internal sealed record RowsResult(
    int Rows, double Third, double NotANumber, IReadOnlyList<double> Numbers, IReadOnlyDictionary<string, Digest?> Digests,
    DateTimeOffset At, Verdict Verdict, string? Absent, string Text);
