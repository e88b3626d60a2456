using MlOpsBuild.Core.Views;

namespace MlOpsBuild.Data.Stages;

/// <summary>How many rows found a value in a feature view.</summary>
/// <param name="View">The view's name.</param>
/// <param name="Found">Rows that did.</param>
/// <param name="Unknown">Rows of whose key nothing was known at their moment.</param>
/// <param name="Stale">Rows for which the newest value was too old.</param>
public sealed record JoinTally(string View, long Found, long Unknown, long Stale)
{
    /// <summary>With one row more.</summary>
    internal JoinTally And(LookupOutcome outcome) => outcome switch
    {
        LookupOutcome.Found => this with { Found = Found + 1 },
        LookupOutcome.Unknown => this with { Unknown = Unknown + 1 },
        _ => this with { Stale = Stale + 1 },
    };
}
