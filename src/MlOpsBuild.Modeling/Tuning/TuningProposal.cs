namespace MlOpsBuild.Modeling.Tuning;

/// <summary>A try to make.</summary>
/// <param name="Number">Its number, from 1 on.</param>
/// <param name="Settings">Values by parameter.</param>
/// <param name="Share">Share of the rows to fit on, in (0, 1].</param>
public sealed record TuningProposal(int Number, IReadOnlyDictionary<string, string> Settings, double Share);
