namespace MlOpsBuild.Core.Views;

/// <summary>What became of the search for a value of a feature view.</summary>
public enum LookupOutcome
{
    /// <summary>There is one, and it counts.</summary>
    Found,

    /// <summary>Nothing was known of that key at that moment, or the row names none.</summary>
    Unknown,

    /// <summary>The newest one is older than values of the view may be.</summary>
    Stale,
}
