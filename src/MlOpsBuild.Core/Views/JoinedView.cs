using System.Text.Json.Serialization;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Core.Views;

/// <summary>What rows take of a feature view: said once, by the pipeline, for training and for the server.</summary>
/// <param name="Name">The view's name.</param>
/// <param name="Keys">The row's columns that name whose values they are, in the order of the view's own.</param>
/// <param name="Columns">What is taken.</param>
public sealed record JoinedView(string Name, IReadOnlyList<FieldRule> Keys, IReadOnlyList<JoinedColumn> Columns)
{
    /// <summary>How old a value may be.</summary>
    /// <value>null: any age.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Where a gateway finds the newest values.</summary>
    /// <value>Files of the environment.</value>
    // Generated code that reads this gives null to what is left out.
    public OnlineStore Store { get; init => field = value ?? OnlineStore.Files; } = OnlineStore.Files;
}
