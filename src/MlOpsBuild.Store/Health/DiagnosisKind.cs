namespace MlOpsBuild.Store.Health;

/// <summary>How a diagnosis stands.</summary>
public enum DiagnosisKind
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>Was wrong and is repaired, without loss.</summary>
    Repaired,

    /// <summary>Is wrong and somebody must act.</summary>
    Problem,
}
