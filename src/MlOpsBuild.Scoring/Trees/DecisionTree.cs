using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring.Trees;

/// <summary>One binary tree. Node 0 is the root; a child below 0 is the leaf ~child.</summary>
/// <param name="Left">Child for values up to the threshold, node by node.</param>
/// <param name="Right">Child for values above it, and for a missing value that stays one.</param>
/// <param name="Features">Column of the design row that a node looks at.</param>
/// <param name="Thresholds">Where a node splits.</param>
/// <param name="Leaves">Values of the leaves.</param>
/// <param name="Missing">What a missing value is taken for, node by node; null leaves it missing.</param>
public sealed record DecisionTree(
    [property: JsonConverter(typeof(OneLineArray<int>))] int[] Left,
    [property: JsonConverter(typeof(OneLineArray<int>))] int[] Right,
    [property: JsonConverter(typeof(OneLineArray<int>))] int[] Features,
    [property: JsonConverter(typeof(OneLineArray<float>))] float[] Thresholds,
    [property: JsonConverter(typeof(OneLineArray<double>))] double[] Leaves,
    [property: JsonConverter(typeof(OneLineArray<float>))] float[]? Missing = null);
