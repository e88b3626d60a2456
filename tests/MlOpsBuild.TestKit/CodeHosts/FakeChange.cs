namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>A pull or merge request that was proposed to a fake host.</summary>
public sealed class FakeChange(int number, string branch)
{
    /// <summary>Its number.</summary>
    public int Number { get; } = number;

    /// <summary>The branch it comes from.</summary>
    public string Branch { get; } = branch;

    /// <summary>Its title.</summary>
    public string Title { get; set; } = "";

    /// <summary>Its text.</summary>
    public string Body { get; set; } = "";
}
