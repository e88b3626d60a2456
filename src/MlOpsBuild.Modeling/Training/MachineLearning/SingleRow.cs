namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>A row as ML.NET takes it. The names are those of its default columns.</summary>
internal sealed class SingleRow
{
    public float Label { get; init; }

    public float[] Features { get; init; } = [];
}
