namespace MlOpsBuild.Reporting.Model;

/// <summary>What became of a slice against the champion.</summary>
public enum SliceMove
{
    /// <summary>There is no champion to compare with, or too few days.</summary>
    NotCompared,

    /// <summary>The interval of the difference has zero in it.</summary>
    NotMoved,

    /// <summary>Better for certain.</summary>
    Better,

    /// <summary>Worse for certain.</summary>
    Worse,
}
