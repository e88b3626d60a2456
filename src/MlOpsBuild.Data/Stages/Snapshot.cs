namespace MlOpsBuild.Data.Stages;

/// <summary>A snapshot's files, in order; the outputs <c>00000.csv</c>, <c>00001.csv</c>, … hold their bytes.</summary>
/// <param name="Names">Original file names, for findings.</param>
/// <param name="Simulated">Whether the rows were made by a simulator.</param>
public sealed record Snapshot(IReadOnlyList<string> Names, bool Simulated)
{
    /// <summary>How many of the files, the last ones, are held out.</summary>
    public int HeldOut { get; init; }
}
