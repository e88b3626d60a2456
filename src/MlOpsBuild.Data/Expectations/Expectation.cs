using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Expectations;

/// <summary>What the rows of a data set promise together. The set is closed; each kind knows how it is checked.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(KeyExpectation), "key")]
[JsonDerivedType(typeof(StepExpectation), "step")]
[JsonDerivedType(typeof(StuckExpectation), "stuck")]
[JsonDerivedType(typeof(MissingExpectation), "missing")]
[JsonDerivedType(typeof(RowsExpectation), "rows")]
[JsonDerivedType(typeof(RelationExpectation), "relation")]
[JsonDerivedType(typeof(FreshExpectation), "fresh")]
[JsonDerivedType(typeof(BesideLastExpectation), "beside last")]
public abstract record Expectation
{
    /// <summary>What follows when it is broken.</summary>
    /// <value>The build fails.</value>
    public Severity Severity { get; init; }

    /// <summary>What is wrong; null where nothing is.</summary>
    internal abstract Finding? Check(DataTable table);

    /// <summary>Where a row is, in words that its owner understands: its time where rows have times, else its number from 1 on.</summary>
    internal static string PlaceOf(DataTable table, int row) => table.Times.Count > 0
        ? table.Times[row].ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"row {row + 1}");
}
