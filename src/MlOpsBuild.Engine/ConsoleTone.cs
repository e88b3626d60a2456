namespace MlOpsBuild.Engine;

/// <summary>What a line means to its reader; colours follow from it.</summary>
public enum ConsoleTone
{
    /// <summary>Ordinary text.</summary>
    Plain,

    /// <summary>A heading.</summary>
    Strong,

    /// <summary>Good news.</summary>
    Good,

    /// <summary>Worth a look.</summary>
    Warning,

    /// <summary>Something failed.</summary>
    Bad,

    /// <summary>Detail.</summary>
    Faint,
}
