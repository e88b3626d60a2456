using System.Text.Json.Serialization;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Scoring;

/// <summary>A model with everything scoring needs. The set of kinds is closed and serialised: a server loads no user code.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "model")]
[JsonDerivedType(typeof(LinearModel), "linear")]
[JsonDerivedType(typeof(TreesModel), "trees")]
[JsonDerivedType(typeof(GamModel), "gam")]
public abstract record TrainedModel
{
    /// <summary>Version of this document's form.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Name of what is predicted.</summary>
    public required string Target { get; init; }

    /// <summary>Accepted inputs, in row order.</summary>
    public required IReadOnlyList<FieldRule> Fields { get; init; }

    /// <summary>The prediction for <paramref name="row"/> (values in field order), in the target's unit.</summary>
    public abstract double Predict(ReadOnlySpan<double> row);
}
