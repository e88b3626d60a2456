using System.Text.Json.Serialization;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Expectations;

/// <summary>A formula of a row's columns: numbers, 1 and 0 for what holds and does not, NaN where a value is missing.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ColumnValue), "column")]
[JsonDerivedType(typeof(ConstantValue), "constant")]
[JsonDerivedType(typeof(OperationValue), "operation")]
public abstract record RowFormula
{
    /// <summary>Its value in a row.</summary>
    internal abstract double Of(DataTable table, int row);
}
