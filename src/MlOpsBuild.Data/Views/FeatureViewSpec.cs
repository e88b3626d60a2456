using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;

namespace MlOpsBuild.Data.Views;

/// <summary>A feature view: values that belong to keys and were true, and known, from some moment on.</summary>
/// <param name="Name">Its name, for example <c>weather</c>.</param>
/// <param name="Source">Where its rows come from.</param>
/// <param name="Contract">What they promise; it has no label, and rows may be in any order.</param>
/// <param name="Entities">The columns that say whose values they are.</param>
/// <param name="Time">The column that says when they were true.</param>
public sealed record FeatureViewSpec(
    string Name, DataSource Source, DataContract Contract, IReadOnlyList<string> Entities, string Time)
{
    /// <summary>The column that says when they were known.</summary>
    /// <value>null: when they were true.</value>
    public string? Known { get; init; }

    /// <summary>How old a value may be; an older one is missing.</summary>
    /// <value>null: any age.</value>
    public TimeSpan? MaxAge { get; init; }
}
