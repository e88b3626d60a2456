namespace MlOpsBuild.Components.Ci;

/// <summary>What starts a job.</summary>
internal enum CiTrigger
{
    /// <summary>A pull or merge request.</summary>
    Request,

    /// <summary>A push to the delivered branch, or the schedule.</summary>
    Branch,

    /// <summary>Either of them.</summary>
    Change,

    /// <summary>A person.</summary>
    Person,

    /// <summary>The schedule by which what serves is looked after.</summary>
    Watch,
}
