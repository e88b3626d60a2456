namespace MlOpsBuild.Data.Summaries;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    /// <summary>Nothing, or a text that means it.</summary>
    Missing,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false as a word.</summary>
    Flag,

    /// <summary>A date, or a date with its time of day.</summary>
    Time,

    /// <summary>Anything else.</summary>
    Text,
}
