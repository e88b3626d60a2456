namespace MlOpsBuild.Data.Contracts;

/// <summary>What a column is for.</summary>
public enum ColumnRole
{
    /// <summary>May be used as a feature.</summary>
    Feature,

    /// <summary>What is predicted.</summary>
    Label,

    /// <summary>Known only with the label; must not be used.</summary>
    Leak,

    /// <summary>Names the row; must not be used.</summary>
    Identifier,
}
