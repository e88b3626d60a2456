namespace MlOpsBuild.Data.Summaries;

/// <summary>A bar of a histogram.</summary>
/// <param name="From">Its lower end, which it holds.</param>
/// <param name="To">Its upper end, which only the last one holds.</param>
/// <param name="Count">Values in it.</param>
public sealed record HistogramBin(double From, double To, long Count);
