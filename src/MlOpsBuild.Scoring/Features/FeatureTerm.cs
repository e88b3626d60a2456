using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Features;

/// <summary>
/// A fitted piece of the feature transform: some columns of the design row computed from fields of the input row.
/// The set is closed and serialised, so that a server runs no user code and training and serving cannot differ.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "term")]
[JsonDerivedType(typeof(NumberTerm), "number")]
[JsonDerivedType(typeof(SquareTerm), "square")]
[JsonDerivedType(typeof(OneHotTerm), "oneHot")]
[JsonDerivedType(typeof(CrossTerm), "cross")]
[JsonDerivedType(typeof(DatePartTerm), "datePart")]
[JsonDerivedType(typeof(MissingTerm), "missing")]
[JsonDerivedType(typeof(BinTerm), "bin")]
[JsonDerivedType(typeof(CyclicTerm), "cyclic")]
[JsonDerivedType(typeof(HashTerm), "hash")]
[JsonDerivedType(typeof(TextTerm), "text")]
public abstract record FeatureTerm
{
    /// <summary>The input that it is made of, or the pair of inputs.</summary>
    public abstract string Name { get; init; }

    /// <summary>Number of columns.</summary>
    [JsonIgnore]
    public abstract int Width { get; }

    /// <summary>Names of the columns.</summary>
    [JsonIgnore]
    public abstract IEnumerable<string> Names { get; }

    /// <summary>
    /// Writes the columns for <paramref name="row"/> into <paramref name="columns"/>, which is zero and <see cref="Width"/> long.
    /// </summary>
    public abstract void Write(InputRow row, Span<double> columns);

    /// <summary>The value, or what a missing one is taken for.</summary>
    protected static double ValueOr(double value, double? missing) => missing is { } known && double.IsNaN(value) ? known : value;
}
