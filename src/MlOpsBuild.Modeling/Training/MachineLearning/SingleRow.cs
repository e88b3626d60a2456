namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>A row as ML.NET takes it. The names are those of its default columns.</summary>
internal sealed class SingleRow
{
    /// <summary>The number to predict; 1 or 0 where a class is told from the rest.</summary>
    public float Label { get; set; }

    /// <summary>Whether the row is of the class that is told from the rest.</summary>
    public bool IsOfClass { get; set; }

    public float[] Features { get; init; } = [];
}
