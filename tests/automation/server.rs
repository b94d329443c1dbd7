//! A mail server and a web server that take what they are sent, and nothing else.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// How a request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It was taken.
    Take,
    /// The next one is refused, those behind it are taken.
    RefuseOne,
}

/// What came in. It is put here before it is answered: a script that has its answer finds it there.
type Received = Mutex<Vec<String>>;

/// A server on a port of its own, for as long as the tests run.
#[derive(Debug)]
pub(crate) struct Server {
    /// Host and port.
    pub(crate) address: String,
    received: Arc<Received>,
    answer: Arc<Mutex<Answer>>,
}

impl Server {
    /// One that speaks SMTP: what is received are whole mails.
    pub(crate) fn mail() -> Server {
        Server::serving(mail)
    }

    /// One that speaks HTTP: what is received are whole requests.
    pub(crate) fn web() -> Server {
        Server::serving(web)
    }

    /// What has been received since it was last asked.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.received.lock().unwrap())
    }

    /// How the next request is answered.
    pub(crate) fn answer(&self, answer: Answer) {
        *self.answer.lock().unwrap() = answer;
    }

    fn serving(serve: fn(&TcpStream, Answer, &Received)) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let server = Server { address, received: Arc::default(), answer: Arc::new(Mutex::new(Answer::Take)) };
        let (received, answer) = (Arc::clone(&server.received), Arc::clone(&server.answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let how = std::mem::replace(&mut *answer.lock().unwrap(), Answer::Take);
                serve(&stream.unwrap(), how, &received);
            }
        });
        server
    }
}

fn web(mut stream: &TcpStream, answer: Answer, received: &Received) {
    let mut reader = BufReader::new(stream);
    let head = lines_until(&mut reader, "\r\n");
    let length = head.lines().find_map(|it| it.strip_prefix("Content-Length: ")).unwrap().parse().unwrap();
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    received.lock().unwrap().push(format!("{head}\r\n{}", String::from_utf8(body).unwrap()));
    let status = match answer {
        Answer::Take => "200 OK",
        Answer::RefuseOne => "400 Bad Request",
    };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
}

fn mail(mut stream: &TcpStream, _: Answer, received: &Received) {
    let mut reader = BufReader::new(stream);
    let mut say = |text: &str| stream.write_all(format!("{text}\r\n").as_bytes()).unwrap();
    say("220 here");
    loop {
        let mut line = String::new();
        let length = reader.read_line(&mut line).unwrap();
        match line.trim_end() {
            _ if length == 0 => return,
            "QUIT" => return say("221 bye"),
            "DATA" => {
                say("354 go on");
                received.lock().unwrap().push(lines_until(&mut reader, ".\r\n"));
                say("250 taken");
            }
            _ => say("250 fine"),
        }
    }
}

/// The lines up to one that is `end`, or to the end of all.
fn lines_until(reader: &mut impl BufRead, end: &str) -> String {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        let length = reader.read_line(&mut line).unwrap();
        if length == 0 || line == end {
            return text;
        }
        text += &line;
    }
}
