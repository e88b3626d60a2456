namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>An issue of a fake host.</summary>
public sealed class FakeIssue(int number, string title, string body)
{
    /// <summary>Its number.</summary>
    public int Number { get; } = number;

    /// <summary>Its title.</summary>
    public string Title { get; set; } = title;

    /// <summary>Its text.</summary>
    public string Body { get; set; } = body;

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Whether it is open.</summary>
    public bool IsOpen { get; set; } = true;
}
