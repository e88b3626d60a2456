using MlOpsBuild.Core.Views;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>What a gateway looked up for a row that did not bring it.</summary>
/// <param name="At">When.</param>
/// <param name="Views">What became of it, feature view by feature view.</param>
/// <param name="Columns">The row's columns that it filled, also those that it found nothing for.</param>
public sealed record LookedUp(DateTimeOffset At, IReadOnlyDictionary<string, LookupOutcome> Views, IReadOnlyList<string> Columns);
