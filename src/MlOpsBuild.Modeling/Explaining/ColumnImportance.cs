using System.Text.Json.Serialization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Explaining;

/// <summary>What a model owes to one of its inputs.</summary>
/// <param name="Column">The input, or the pair of inputs that a feature is made of.</param>
/// <param name="Loss">How much worse the metric gets when the input's values are shuffled among the rows (Breiman 2001; Fisher, Rudin and
/// Dominici 2019): above 0 where the model uses it well. Null of a pair, which is not shuffled by itself.</param>
/// <param name="Interval">Its interval, by resampling rows as gates do; null where it was not reckoned or cannot be told.</param>
/// <param name="Contribution">Mean size of what it adds to a score, in the score's unit; null where the model tells none.</param>
public sealed record ColumnImportance(
    string Column,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Loss,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Interval? Interval,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Contribution);
