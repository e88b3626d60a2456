namespace MlOpsBuild.Data.Summaries;

/// <summary>A value that occurs often.</summary>
/// <param name="Text">As it is written, cut when long.</param>
/// <param name="Count">How often.</param>
public sealed record FrequentValue(string Text, long Count);
