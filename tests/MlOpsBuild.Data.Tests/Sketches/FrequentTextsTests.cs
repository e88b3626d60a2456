using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Sketches.Tests;

/// <summary>What occurs often is found among any number of texts that do not, and no count is off by more than is stated.</summary>
public sealed class FrequentTextsTests
{
    private const int Most = 4096;

    [Fact]
    public void Counts_are_exact_while_there_is_room()
    {
        var texts = new FrequentTexts(Most);
        for (var row = 0; row < 20_000; row++)
        {
            Take(texts, $"value {row % 100}");
        }

        (texts.Count, texts.Undercount).ShouldBe((100, 0));
        CountOf(texts, "value 7").ShouldBe(200);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(100)]
    public void No_count_is_too_small_by_more_than_is_stated(int every)
    {
        const int rows = 600_000;
        var (texts, random) = (new FrequentTexts(Most), new SplitMix64(11));
        for (var row = 0; row < rows; row++)
        {
            Take(texts, row % every == 0 ? "often" : random.Next().ToString(CultureInfo.InvariantCulture));
        }

        var often = rows / every;
        CountOf(texts, "often").ShouldBeInRange(often - texts.Undercount, often);
        texts.Undercount.ShouldBeLessThan(rows / 300);
    }

    [Fact]
    public void What_becomes_frequent_late_is_found()
    {
        var (texts, random) = (new FrequentTexts(Most), new SplitMix64(12));
        for (var row = 0; row < 500_000; row++)
        {
            Take(texts, random.Next().ToString(CultureInfo.InvariantCulture));
        }

        for (var row = 0; row < 20_000; row++)
        {
            Take(texts, "late");
        }

        CountOf(texts, "late").ShouldBeInRange(20_000 - texts.Undercount, 20_000);
    }

    [Fact]
    public void Long_texts_are_told_apart_behind_what_is_kept_of_them()
    {
        var texts = new FrequentTexts(Most);
        var same = new string('x', 100);
        Take(texts, same + "a");
        Take(texts, same + "b");
        Take(texts, same + "b");

        CountOf(texts, same + "b").ShouldBe(2);
        texts.Count.ShouldBe(2);
        texts.BytesOf(0).Length.ShouldBe(FrequentTexts.MostBytes);
    }

    private static void Take(FrequentTexts texts, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var key = TextKey.Of(bytes);
        if (texts.Find(key, key.Hash) is >= 0 and var at)
        {
            texts.CountOf(at)++;
        }
        else if (texts.Admits(key.Hash))
        {
            if (texts.IsFull)
            {
                texts.Purge();
            }

            texts.Add(bytes, new(key, double.NaN, CellKind.Text, 0), 1);
        }
    }

    private static long CountOf(FrequentTexts texts, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var key = TextKey.Of(bytes);
        return texts.CountOf(texts.Find(key, key.Hash));
    }
}
