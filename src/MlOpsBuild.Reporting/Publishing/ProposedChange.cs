namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A pull or merge request that was opened or brought up to date.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Address">Its page.</param>
/// <param name="Opened">Whether it is new.</param>
public sealed record ProposedChange(int Number, string Address, bool Opened);
