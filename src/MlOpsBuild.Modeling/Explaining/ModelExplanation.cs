using System.Text.Json.Serialization;

namespace MlOpsBuild.Modeling.Explaining;

/// <summary>What a model depends on, as its held-out rows show it.</summary>
/// <param name="Metric">The first gate's metric, of which losses are.</param>
/// <param name="Rows">Held-out rows that it was asked on.</param>
/// <param name="Unit">Unit of contributions; null where the model tells none.</param>
/// <param name="Columns">Its inputs, the most important first.</param>
/// <param name="Dependence">How predictions follow the most important ones.</param>
public sealed record ModelExplanation(
    string Metric, int Rows, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unit,
    IReadOnlyList<ColumnImportance> Columns, IReadOnlyList<PartialDependence> Dependence);
