using MlOpsBuild.TestKit;

namespace MlOpsBuild.Engine.Tests;

public sealed class AssertTests
{
    private static readonly int[] None = [];
    private static readonly int[] One = [1];
    private static readonly int[] Two = [1, 2];

    [Fact]
    public void What_holds_passes_and_gives_the_value_back()
    {
        Assert.True(One.Length == 1);
        Assert.False(One.Length == 2);
        Assert.NotNull("text").ShouldBe("text");
        Assert.NotNull((int?)5).ShouldBe(5);
        Assert.NotNullOrEmpty(" ").ShouldBe(" ");
        Assert.NotNullOrWhiteSpace("a").ShouldBe("a");
        Assert.NotEmpty(One);
        Assert.Empty(None);
        Assert.Count(Two, 2);
        Assert.HasSingleItem(One);
    }

    [Fact]
    public void What_does_not_hold_is_told_with_its_expression()
    {
        string? missing = null;
        int? nothing = null;

        Message(() => Assert.True(One.Length == 2)).ShouldBe("Expected to be true: One.Length == 2");
        Message(() => Assert.False(One.Length == 1)).ShouldBe("Expected to be false: One.Length == 1");
        Message(() => Assert.NotNull(missing)).ShouldBe("Expected a value: missing");
        Message(() => Assert.NotNull(nothing)).ShouldBe("Expected a value: nothing");
        Message(() => Assert.NotNullOrEmpty("")).ShouldBe("Expected a text: \"\"");
        Message(() => Assert.NotNullOrWhiteSpace(" ")).ShouldBe("Expected a text that is not blank: \" \"");
        Message(() => Assert.NotEmpty(None)).ShouldBe("Expected elements: None");
        Message(() => Assert.NotEmpty<int>(null)).ShouldBe("Expected elements: null");
        Message(() => Assert.Empty(One)).ShouldBe("Expected no elements: One");
        Message(() => Assert.Empty<int>(null)).ShouldBe("Expected no elements: null");
        Message(() => Assert.Count(Two, 3)).ShouldBe("Expected 3 elements, not 2: Two");
        Message(() => Assert.Count<int>(null, 3)).ShouldBe("Expected 3 elements, not 0: null");
        Message(() => Assert.HasSingleItem(Two)).ShouldBe("Expected 1 elements, not 2: Two");
    }

    [Fact]
    public void Own_message_replaces_it()
    {
        Message(() => Assert.True(One.Length == 2, "one is not two")).ShouldBe("one is not two");
        Message(() => Assert.Count(Two, 3, "three are needed")).ShouldBe("three are needed");
    }

    [Fact]
    public void Failure_carries_its_cause()
    {
        var cause = new IOException("the disk is full");

        Should.Throw<ArgumentException>(() => Assert.Fail("not written", cause)).InnerException.ShouldBe(cause);
    }

    [Fact]
    public void Files_and_folders_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        var file = folder["a.txt"];
        File.WriteAllText(file, "");

        Assert.FileExists(file);
        Assert.DirectoryExists(folder.Path);
        Message(() => Assert.FileExists(folder.Path)).ShouldStartWith($"Expected the file '{folder.Path}': ");
        Message(() => Assert.DirectoryExists(file)).ShouldStartWith($"Expected the folder '{file}': ");
    }

    private static string Message(Action check) => Should.Throw<ArgumentException>(check).Message;
}
