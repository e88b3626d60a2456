using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using Parquet;
using Parquet.Schema;

namespace MlOpsBuild.Data.Files;

/// <summary>The rows of a Parquet file, a row group at a time; values are written as a CSV file would hold them.</summary>
internal sealed class ParquetCursor : IRowCursor
{
    private const int MostCell = 64;
    private readonly string _name;
    private readonly ParquetReader _reader;
    private readonly IReadOnlyList<(DataField Field, bool IsRead)> _fields;
    private readonly Array?[] _columns;
    private readonly byte[] _number = new byte[MostCell];
    private int _group;
    private int _row;
    private int _rows;

    private ParquetCursor(string name, ParquetReader reader, Func<string, bool> isRead)
    {
        (_name, _reader) = (name, reader);
        _fields = [.. reader.Schema.GetDataFields().Select(field => (field, isRead(field.Name)))];
        Names = [.. _fields.Select(field => field.Field.Path.Length == 1 ? field.Field.Name : field.Field.Path.ToString())];
        _columns = new Array?[_fields.Count];
    }

    public IReadOnlyList<string> Names { get; }

    public string Unit => "row";

    public long Number { get; private set; }

    public Finding? Problem => null;

    /// <summary>Opens a file.</summary>
    /// <param name="name">Its shown name.</param>
    /// <param name="file">Its bytes, in any order; closed with the cursor.</param>
    /// <param name="isRead">Whether anybody asks for a column: the others are not unpacked.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StageFailedException">It is no Parquet file, or holds what no cell can.</exception>
    public static async Task<ParquetCursor> OpenAsync(
        string name, Stream file, Func<string, bool> isRead, CancellationToken cancellationToken)
    {
        try
        {
            var cursor = new ParquetCursor(
                name,
                await ParquetReader.CreateAsync(
                    file, new ParquetOptions { UseDateOnlyTypeForDates = true }, leaveStreamOpen: false, cancellationToken),
                isRead);
            var lists = cursor._fields.Where(field => field.IsRead && (field.Field.MaxRepetitionLevel > 0 || !IsCell(field.Field)))
                .Select(field => field.Field)
                .ToList();
            return lists.Count == 0 ? cursor : throw new StageFailedException(new(
                "MLB1038", "Columns that no cell can hold", name,
                string.Join(", ", lists.Select(field => $"{field.Name} ({(field.MaxRepetitionLevel > 0 ? "list" : field.ClrType.Name)})")),
                "numbers, texts, flags, dates, times", "flatten them before, or declare them in Ignored"));
        }
        catch (Exception problem) when (IsOfTheFile(problem))
        {
            throw Broken(name, problem);
        }
    }

    public bool Read()
    {
        if (_row + 1 >= _rows)
        {
            return false;
        }

        _row++;
        Number++;
        return true;
    }

    public async ValueTask<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (_group == _reader.RowGroupCount)
        {
            return false;
        }

        try
        {
            using var group = _reader.OpenRowGroupReader(_group++);
            (_row, _rows) = (-1, checked((int)group.RowCount));
            foreach (var (position, (field, isRead)) in _fields.Index())
            {
                _columns[position] = isRead ? await ReadAsync(group, field, _rows, cancellationToken) : null;
            }

            return true;
        }
        catch (Exception problem) when (IsOfTheFile(problem))
        {
            throw Broken(_name, problem);
        }
    }

    public ReadOnlySpan<byte> Cell(int position) => _columns[position] switch
    {
        string?[] texts => texts[_row] is { } text ? Encoding.UTF8.GetBytes(text) : [],
        bool?[] flags => flags[_row] is { } flag ? flag ? "true"u8 : "false"u8 : [],
        double?[] numbers => Written(numbers[_row], "R"),
        float?[] numbers => Written(numbers[_row], "R"),
        DateOnly?[] dates => Written(dates[_row], "yyyy-MM-dd"),
        DateTime?[] times => Written(times[_row], "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"),
        int?[] numbers => Written(numbers[_row], null),
        long?[] numbers => Written(numbers[_row], null),
        short?[] numbers => Written(numbers[_row], null),
        sbyte?[] numbers => Written(numbers[_row], null),
        byte?[] numbers => Written(numbers[_row], null),
        ushort?[] numbers => Written(numbers[_row], null),
        uint?[] numbers => Written(numbers[_row], null),
        ulong?[] numbers => Written(numbers[_row], null),
        decimal?[] numbers => Written(numbers[_row], null),
        _ => [],
    };

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    // A file that somebody changed breaks the library in any way.
    private static bool IsOfTheFile(Exception problem) => problem is not (OperationCanceledException or StageFailedException);

    private static StageFailedException Broken(string name, Exception problem) =>
        new(new(
            "MLB1039", "Not a Parquet file that can be read", name,
            problem.Message is { Length: > 200 } text ? text[..200] : problem.Message, "a whole Parquet file", "write it again"));

    private static bool IsText(DataField field) => field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>);

    private static bool IsCell(DataField field) => IsText(field) || Array.Exists(
        [
            typeof(bool), typeof(double), typeof(float), typeof(DateOnly), typeof(DateTime), typeof(int), typeof(long), typeof(short),
            typeof(sbyte), typeof(byte), typeof(ushort), typeof(uint), typeof(ulong), typeof(decimal)
        ],
        type => type == field.ClrType);

    private static async Task<Array> ReadAsync(ParquetRowGroupReader group, DataField field, int rows, CancellationToken cancellationToken)
    {
        if (IsText(field))
        {
            var texts = new string?[rows];
            await group.ReadAsync(field, texts.AsMemory()!, null, cancellationToken);
            return texts;
        }

        return field.ClrType switch
        {
            var type when type == typeof(bool) => await Of<bool>(),
            var type when type == typeof(double) => await Of<double>(),
            var type when type == typeof(float) => await Of<float>(),
            var type when type == typeof(DateOnly) => await Of<DateOnly>(),
            var type when type == typeof(DateTime) => await Of<DateTime>(),
            var type when type == typeof(int) => await Of<int>(),
            var type when type == typeof(long) => await Of<long>(),
            var type when type == typeof(short) => await Of<short>(),
            var type when type == typeof(sbyte) => await Of<sbyte>(),
            var type when type == typeof(byte) => await Of<byte>(),
            var type when type == typeof(ushort) => await Of<ushort>(),
            var type when type == typeof(uint) => await Of<uint>(),
            var type when type == typeof(ulong) => await Of<ulong>(),
            _ => await Of<decimal>(),
        };

        async Task<Array> Of<T>() where T : struct
        {
            var values = new T?[rows];
            await group.ReadAsync(field, values.AsMemory(), null, cancellationToken);
            return values;
        }
    }

    private ReadOnlySpan<byte> Written<T>(T? value, string? format) where T : struct, IUtf8SpanFormattable =>
        value is { } known && known.TryFormat(_number, out var length, format, CultureInfo.InvariantCulture)
            ? _number.AsSpan(0, length)
            : [];
}
