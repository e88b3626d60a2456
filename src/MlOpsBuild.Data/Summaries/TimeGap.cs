namespace MlOpsBuild.Data.Summaries;

/// <summary>A time without rows.</summary>
/// <param name="After">The last row before it.</param>
/// <param name="Until">The first one after it.</param>
public sealed record TimeGap(DateTime After, DateTime Until);
