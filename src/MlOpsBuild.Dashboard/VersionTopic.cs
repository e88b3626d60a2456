namespace MlOpsBuild.Dashboard;

/// <summary>Texts on a version.</summary>
public enum VersionTopic
{
    /// <summary>Its model card.</summary>
    Card,

    /// <summary>Where it comes from.</summary>
    Lineage,
}
