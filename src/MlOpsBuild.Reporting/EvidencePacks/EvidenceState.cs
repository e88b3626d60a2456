namespace MlOpsBuild.Reporting.EvidencePacks;

/// <summary>What a pack has for a field.</summary>
public enum EvidenceState
{
    /// <summary>Documents, of which records were kept as it happened. Whether they are enough is for people to judge.</summary>
    Documented,

    /// <summary>What somebody declares, who is named.</summary>
    Declared,

    /// <summary>Nothing.</summary>
    Missing,
}
